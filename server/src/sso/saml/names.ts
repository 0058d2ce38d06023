/** The namespaces and identifiers of SAML 2.0 and XML Signature that we speak. */
export const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
export const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
export const md = 'urn:oasis:names:tc:SAML:2.0:metadata'
export const ds = 'http://www.w3.org/2000/09/xmldsig#'
/** XML Signature 1.1: keys on elliptic curves. */
export const ds11 = 'http://www.w3.org/2009/xmldsig11#'
export const xenc = 'http://www.w3.org/2001/04/xmlenc#'
export const xenc11 = 'http://www.w3.org/2009/xmlenc11#'
export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const xsi = 'http://www.w3.org/2001/XMLSchema-instance'

export const statusSuccess = 'urn:oasis:names:tc:SAML:2.0:status:Success'
export const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
export const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
export const postBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'

export const nameIdFormat = {
  entity: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
} as const

/** `format` without its version: identity providers write 1.0, 1.1 and 2.0 for the same formats of Core 8.3. */
export const nameIdFormatName = (format: string | null): string =>
  /^urn:oasis:names:tc:SAML:\d\.\d:nameid-format:(\w+)$/.exec(format ?? '')?.[1] ??
  (format === null ? 'unspecified' : '')
