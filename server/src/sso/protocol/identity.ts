/** Who the identity provider says it is. */
export type Identity = {
  /** Lasting, and unique within the connection; what a user is recognized by. */
  subject: string
  /** Lower case. */
  email: string
  /**
   * Whether the identity provider says that the address is the person's own. OpenID Connect has a claim for it, whose
   * absence says no; SAML has none, and an assertion's address counts as what it is: asserted.
   */
  emailVerified: boolean
  name: string | null
}

/** Where each was found: names of attributes or claims, or NameID. */
export type IdentitySources = { subject: string[]; email: string[]; name: string[] }

/** The names that the owner chose instead of the usual ones; in SAML, `NameID` is the NameID. */
export type Mapping = { readonly [key in keyof IdentitySources]?: string }
