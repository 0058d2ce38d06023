/** What Microsoft Entra means by the code in its error text, and what to do. The codes are hints: Microsoft may change them. */
const hints: Record<string, string> = {
  '50105': 'The member is not assigned to the application. In Entra: Users and groups, Add user/group.',
  '700016':
    'Entra does not know our Entity ID. Compare Entity ID here with Identifier (Entity ID) in Entra, and that both are in the same tenant.',
  '650056': 'Entra does not know our Entity ID. Compare Entity ID here with Identifier (Entity ID) in Entra.',
  '50011':
    'Reply URL (Assertion Consumer Service URL) in Entra is not the redirect URL of this connection; perhaps the placeholder still stands there.',
  '900971': 'No Reply URL is set in Entra. Paste the redirect URL of this connection there.',
  '75011': 'The member signed in to Entra in another way than was asked for. Try again in a private window.',
  '750054': 'Entra’s Login URL was opened directly. Start from the SSO login URL of this connection.',
  '75008': 'Single Sign-On URL here is of another tenant than the application. Copy Login URL from Entra again.',
  '76021':
    'Entra requires signed requests for this application. Switch off Require verification certificates in Entra.',
  '50003': 'The application in Entra has no signing certificate. Create one under SAML Certificates.',
  '50146': 'The application in Entra has no signing key. Create one under SAML Certificates.',
  '501241':
    'The attribute that Entra takes the NameID from is empty for this member. Change Unique User Identifier in Entra.',
  '50020':
    'The member used an account of another directory. Sign in with the work account, or invite the account as a guest in Entra.',
  '50034': 'The account does not exist in this Entra tenant.',
  '53003': 'A Conditional Access policy in Entra kept the member out.',
  '53000': 'Conditional Access in Entra asks for a managed device.',
  '65005':
    'Entra knows our Entity ID, but the application there is set up for other things. Compare Entity ID here with Identifier (Entity ID) in Entra, and the tenant.',
  '530032': 'Conditional Access in Entra kept the member out.',
  '16000':
    'The member is signed in to Entra with an account that the application does not take. Choose the work account, or try in a private window.',
  '51004': 'The account does not exist in the directory of the application. Sign in with the work account.',
  '90072':
    'The account of another identity provider does not exist in this tenant. Invite it as a guest in Entra, or sign in with the work account.',
  '75005': 'Entra does not accept the form of our request. Report it to the makers of Gatehouse.',
  '75016': 'Entra does not accept the NameID format that was asked for. Report it to the makers of Gatehouse.',
  '7500529': 'Entra does not accept the ID of our request. Report it to the makers of Gatehouse.',
  '900236': 'Entra does not support something in our request. Report it to the makers of Gatehouse.',
  '50061': 'Entra could not read a message about signing out. Signing in is not touched by it.',
  '50068': 'Entra could not finish signing out. Signing in is not touched by it.',
  '50070': 'Entra could not finish signing out. Signing in is not touched by it.',
  '50071': 'Entra could not finish signing out. Signing in is not touched by it.',
  '50076': 'Entra asks for multifactor authentication, which the member did not complete.',
  '50158': 'Entra asks for another proof, which the member did not complete.',
}

/** What the code in an error text means and what to do, when we know. */
export const entraHint = (code: string): string | null => (Object.hasOwn(hints, code) ? (hints[code] ?? null) : null)

/** Where Microsoft explains a code. */
export const entraErrorPage = (code: string): string => `https://login.microsoftonline.com/error?code=${code}`

/** The code in a text of Entra's, in the address of its error page, or alone; null when there is none. */
export function findEntraCode(text: string): string | null {
  const named = /AADSTS\s?(\d{5,8})\b/i.exec(text)?.[1]
  const inAddress = /^https:\/\/login\.microsoftonline\.com\/error\?(?:.*&)?code=(\d{5,8})\b/.exec(text)?.[1]
  return named ?? inAddress ?? /^(\d{5,8})$/.exec(text)?.[1] ?? null
}

/** Advice for an error text of Entra's, such as `AADSTS50105: …`; null when there is none. */
export function entraAdvice(statusMessage: string): string | null {
  const code = /AADSTS(\d{5,8})/.exec(statusMessage)?.[1]
  if (code === undefined) return null
  const about = `Microsoft explains the code at ${entraErrorPage(code)}`
  const hint = entraHint(code)
  return hint === null ? about : `${hint} ${about}`
}
