/** What a style sheet that a script makes has to carry, as the policy of this page says. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

// Where the libraries below the design system look for it (get-nonce).
Object.assign(globalThis, { __webpack_nonce__: styleNonce })
