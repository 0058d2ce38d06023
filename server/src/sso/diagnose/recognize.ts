import { type DecodedIdToken, decodeIdToken } from '../oidc/id-token.ts'
import { isReason, type SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { findEntraCode } from '../saml/entra-error.ts'
import { withXml } from '../saml/xml.ts'
import { XmlProblem } from '../saml/xml-element.ts'
import { findOidcError, isDiscoveryDocument, type OidcError, readJsonObject } from './find-oidc-message.ts'
import { decodeXml, findSamlMessage, findXmlInJson } from './find-saml-message.ts'

/** What somebody pasted, with what is needed of it to say more. A private key comes without anything. */
export type Recognized =
  | { kind: 'PRIVATE_KEY' }
  | { kind: 'REFERENCE'; attemptId: string }
  | { kind: 'FAILURE_REASON'; reason: SignInFailureReason }
  | { kind: 'ENTRA_ERROR'; code: string }
  | { kind: 'GOOGLE_ERROR'; code: string }
  | { kind: 'SAML_RESPONSE'; xml: string; form: 'encoded' | 'deflated' | 'xml' }
  | { kind: 'SAML_REQUEST'; xml: string }
  | { kind: 'LOGOUT_MESSAGE' }
  | { kind: 'ASSERTION' }
  | { kind: 'METADATA'; xml: string }
  | { kind: 'CERTIFICATE'; text: string }
  | { kind: 'OIDC_ERROR'; error: OidcError }
  | { kind: 'DISCOVERY_DOCUMENT'; document: Record<string, unknown> }
  | { kind: 'TOKEN'; token: DecodedIdToken }
  | { kind: 'ADDRESS'; url: URL }
  | { kind: 'BROKEN_XML'; problem: string }
  | { kind: 'UNKNOWN' }

type Form = 'encoded' | 'deflated' | 'xml'

function rootOf(xml: string): { name: string } | { problem: string } {
  try {
    return withXml(xml.replace(/^\uFEFF/, '').trim(), ({ root }) => ({ name: root.name }))
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    return { problem: error.message }
  }
}

function recognizeXml(xml: string, form: Form): Recognized {
  const root = rootOf(xml)
  if ('problem' in root) {
    // What is broken may still be a response: then the trace says what is wrong with it.
    const isResponse = /^\uFEFF?\s*(<\?xml[^>]*>\s*)?<([\w.-]+:)?Response\b/.test(xml)
    return isResponse ? { kind: 'SAML_RESPONSE', xml, form } : { kind: 'BROKEN_XML', problem: root.problem }
  }
  switch (root.name) {
    case 'Response':
      return { kind: 'SAML_RESPONSE', xml, form }
    case 'AuthnRequest':
      return { kind: 'SAML_REQUEST', xml }
    case 'LogoutRequest':
    case 'LogoutResponse':
      return { kind: 'LOGOUT_MESSAGE' }
    case 'Assertion':
    case 'EncryptedAssertion':
      return { kind: 'ASSERTION' }
    case 'EntityDescriptor':
    case 'EntitiesDescriptor':
      return { kind: 'METADATA', xml }
    default:
      return { kind: 'UNKNOWN' }
  }
}

function recognizeToken(text: string): Recognized | null {
  const [, token] = /^(?:Bearer\s+)?(eyJ[\w-]+\.[\w-]+\.[\w-]*)$/.exec(text) ?? []
  if (token === undefined) return null
  return { kind: 'TOKEN', token: decodeIdToken(token) ?? { header: {}, claims: {} } }
}

/** What an identity provider or we ourselves call a refusal. */
function recognizeError(text: string, json: Record<string, unknown> | null): Recognized | null {
  const code = findEntraCode(text)
  if (code !== null) return { kind: 'ENTRA_ERROR', code }
  const google =
    /\b(app_not_configured(?:_for_user)?|app_not_enabled(?:_for_user)?|invalid_request_saml|saml_invalid_[a-z_]+)\b/.exec(
      text,
    )?.[1]
  if (google !== undefined) return { kind: 'GOOGLE_ERROR', code: google }
  const attemptId = /\batt_[0-9a-hjkmnp-tv-z]{26}\b/.exec(text)?.[0]
  if (attemptId !== undefined) return { kind: 'REFERENCE', attemptId }
  const reason = [...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([word]) => word).find(isReason)
  if (reason !== undefined) return { kind: 'FAILURE_REASON', reason }
  const refused = findOidcError(text, json)
  return refused === null ? null : { kind: 'OIDC_ERROR', error: refused }
}

/** Says what a text is: whatever somebody has in hand when a sign-in does not work. */
export function recognize(pasted: string): Recognized {
  const text = pasted.replace(/^\uFEFF/, '').trim()
  // Before anything that could show a part of it again.
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return { kind: 'PRIVATE_KEY' }
  const response = findSamlMessage(text, 'SAMLResponse')
  if (response !== null) return recognizeXml(response.xml, response.deflated ? 'deflated' : 'encoded')
  const inJson = findXmlInJson(text).map((xml) => recognizeXml(xml, 'xml'))
  const exported = inJson.find(({ kind }) => kind === 'SAML_RESPONSE')
  if (exported !== undefined) return exported
  const read = /^<(?!!doctype|html)/i.test(text) ? recognizeXml(text, 'xml') : null
  if (read !== null && read.kind !== 'UNKNOWN' && read.kind !== 'BROKEN_XML') return read
  const json = readJsonObject(text)
  if (json !== null && isDiscoveryDocument(json)) return { kind: 'DISCOVERY_DOCUMENT', document: json }
  const error = recognizeError(text, json)
  if (error !== null || read !== null) return error ?? read ?? { kind: 'UNKNOWN' }
  const request = findSamlMessage(text, 'SAMLRequest')
  if (request !== null) return recognizeXml(request.xml, request.deflated ? 'deflated' : 'encoded')
  if (/-----BEGIN /.test(text)) return { kind: 'CERTIFICATE', text }
  // The token endpoint's answer has the ID token in it.
  const token = recognizeToken(typeof json?.['id_token'] === 'string' ? json['id_token'] : text)
  if (token !== null) return token
  if (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text)) return { kind: 'ADDRESS', url: new URL(text) }
  const decoded = decodeXml(text)
  if (decoded !== null) return recognizeXml(decoded.xml, decoded.deflated ? 'deflated' : 'encoded')
  // DER in Base64 begins with a SEQUENCE of a length in two bytes.
  return /^MII[A-Za-z0-9+/=\s]{200,}$/.test(text) ? { kind: 'CERTIFICATE', text } : { kind: 'UNKNOWN' }
}
