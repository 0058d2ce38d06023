export type RelyingPartyUrls = {
  /** Where members start; also where a sign-in may be initiated from elsewhere (OpenID Connect Core 4). */
  loginUrl: string
  /** Where the identity provider sends the browser back. */
  redirectUri: string
}

/** The addresses of one connection. Each has its own, so that no answer for one fits another. @param publicUrl an origin */
export function relyingPartyUrls(publicUrl: string, connectionId: string): RelyingPartyUrls {
  const base = `${publicUrl}/sso/${connectionId}`
  return { loginUrl: `${base}/login`, redirectUri: `${base}/callback` }
}
