/** The identity provider's own refusal (RFC 6749 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6). */
export type OidcError = { code: string; description: string | null }

/** The codes that are known by themselves; in an address or in JSON any code counts. */
const codes =
  'access_denied|account_selection_required|consent_required|interaction_required|invalid_client|invalid_grant|invalid_request|invalid_scope|login_required|server_error|temporarily_unavailable|unauthorized_client|unsupported_grant_type|unsupported_response_type'

const isCode = (text: string | null | undefined): text is string => text != null && /^[a-z][a-z_]{2,60}$/.test(text)

function decodeValue(text: string | undefined): string | null {
  if (text === undefined) return null
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}

/** In an address, its query or fragment, or a part of either. */
function errorInAddress(text: string): OidcError | null {
  const code = /(?:^|[?&#\s])error=([a-z_]{3,61})(?![\w-])/.exec(text)?.[1]
  if (!isCode(code)) return null
  return { code, description: decodeValue(/[?&#\s]error_description=([^&#\s]{1,2000})/.exec(text)?.[1]) }
}

const errorNamed = new RegExp(`\\berror(?: code)?["']?[ :=]{1,4}["']?(${codes})\\b`, 'i')
const codeAlone = new RegExp(`^(?:${codes})$`)

/** The mistake that is made most, in the words of Okta's page, which names no code. */
function unknownRedirect(text: string): OidcError | null {
  const at = text.indexOf(' parameter must be a Login redirect URI')
  if (at === -1) return null
  const description = /[^.\n]*$/.exec(text.slice(Math.max(0, at - 80), at))?.[0].trim() ?? ''
  return { code: 'invalid_request', description: `${description} parameter must be a Login redirect URI` }
}

/** The words of an error page. */
function errorInWords(text: string): OidcError | null {
  if (codeAlone.test(text)) return { code: text, description: null }
  const code = errorNamed.exec(text)?.[1]
  if (code === undefined) return unknownRedirect(text)
  return { code: code.toLowerCase(), description: /\bdescription: ([^\n]{1,500})/i.exec(text)?.[1] ?? null }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** A refusal in any form: an address, the token endpoint's JSON, the text of a page, the bare code. */
export function findOidcError(text: string, json: Record<string, unknown> | null): OidcError | null {
  const code = textOf(json?.['error'])
  if (isCode(code)) return { code, description: textOf(json?.['error_description']) }
  return errorInAddress(text) ?? errorInWords(text)
}

/** A text that is one JSON object; null for everything else. */
export function readJsonObject(text: string): Record<string, unknown> | null {
  if (!text.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

/** What an identity provider says about itself (OpenID Connect Discovery 3). */
export const isDiscoveryDocument = (json: Record<string, unknown>): boolean =>
  textOf(json['issuer']) !== null && textOf(json['authorization_endpoint']) !== null
