import type { SamlFormValues } from './saml-form-values.ts'

/** What a pasted text is good for, as far as it can be told here; the server says more. */
export type Paste =
  | { kind: 'nothing' }
  | { kind: 'metadata'; xml: string }
  | { kind: 'metadataUrl'; url: string }
  | { kind: 'certificate'; text: string }
  | { kind: 'values'; values: Partial<Pick<SamlFormValues, 'idpSsoUrl' | 'idpEntityId' | 'idpSloUrl'>> }
  /** To be explained: an error, a response, or what nobody knows. */
  | { kind: 'other' }

/** What consoles call these values, where somebody selects a whole section and copies it. */
const labels = {
  idpSsoUrl: [
    'Login URL',
    'Sign on URL',
    'Sign-on URL',
    'Single sign-on URL',
    'SSO URL',
    'SAML 2.0 Endpoint \\(HTTP\\)',
  ],
  idpEntityId: ['Microsoft Entra Identifier', 'Azure AD Identifier', 'Issuer(?: URL)?', 'Entity ID', 'IdP Entity ID'],
  idpSloUrl: ['Logout URL', 'Sign-?out URL', 'Single logout URL', 'SLO Endpoint \\(HTTP\\)'],
} as const

function labelled(text: string, names: readonly string[]): string | undefined {
  const value = new RegExp(
    `(?:^|\\n)[^\\S\\n]*(?:${names.join('|')})[^\\S\\n]*:?\\s+((?:https?://|urn:)[^\\s"'<>]+)`,
    'i',
  )
  return value.exec(text)?.[1]
}

function recognizeSection(text: string): Paste | null {
  const idpSsoUrl = labelled(text, labels.idpSsoUrl)
  const idpEntityId = labelled(text, labels.idpEntityId)
  const idpSloUrl = labelled(text, labels.idpSloUrl)
  const values = {
    ...(idpSsoUrl !== undefined && { idpSsoUrl }),
    ...(idpEntityId !== undefined && { idpEntityId }),
    ...(idpSloUrl !== undefined && { idpSloUrl }),
  }
  return Object.keys(values).length === 0 ? null : { kind: 'values', values }
}

/** Entra's login URL and identifier say by their form what they are; another address may be that of metadata. */
function recognizeUrl(url: string): Paste {
  const { hostname, pathname } = new URL(url)
  if (/^login\.microsoftonline\.(com|us|cn)$/.test(hostname) && /\/saml2\/?$/.test(pathname)) {
    return { kind: 'values', values: { idpSsoUrl: url } }
  }
  if (hostname === 'sts.windows.net') return { kind: 'values', values: { idpEntityId: url } }
  // The page on which Entra shows an error carries it in its address.
  if (/error|aadsts/i.test(url)) return { kind: 'other' }
  return { kind: 'metadataUrl', url }
}

/** Tells what somebody pasted into the dialog. */
export function recognizePaste(pasted: string): Paste {
  const text = pasted.replace(/^\uFEFF/, '').trim()
  if (text === '') return { kind: 'nothing' }
  if (/PRIVATE KEY-----/.test(text)) return { kind: 'other' }
  if (/<(?:[\w.-]+:)?Entit(?:y|ies)Descriptor[\s>]/.test(text)) return { kind: 'metadata', xml: text }
  if (/-----BEGIN CERTIFICATE-----/.test(text) || /^MII[A-Za-z0-9+/=\s]{200,}$/.test(text)) {
    return { kind: 'certificate', text }
  }
  if (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text)) return recognizeUrl(text)
  if (/AADSTS\d+/.test(text)) return { kind: 'other' }
  return recognizeSection(text) ?? { kind: 'other' }
}
