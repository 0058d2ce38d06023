import { logoutByUser, saml, samlp, statusSuccess } from './names.ts'
import type { NameId } from './read-assertion.ts'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '')

/** Attributes that have a value, each after a space. */
const attributes = (values: Record<string, string | null>): string =>
  Object.entries(values)
    .flatMap(([name, value]) => (value === null ? [] : [` ${name}="${escape(value)}"`]))
    .join('')

type Head = {
  id: string
  issueInstant: Date
  destination: string
  /** Our entity ID. */
  issuer: string
}

const namespaces = { 'xmlns:samlp': samlp, 'xmlns:saml': saml }

const head = ({ id, issueInstant, destination }: Head): Record<string, string> => ({
  ...namespaces,
  ID: id,
  Version: '2.0',
  IssueInstant: issueInstant.toISOString(),
  Destination: destination,
})

/** A LogoutRequest (Core 3.7.1) for one session: the NameID just as the assertion had it (Profiles 4.4.4.1). */
export function makeLogoutRequest(
  request: Head & { notOnOrAfter: Date; nameId: NameId; sessionIndex: string | null },
): string {
  const { nameId, sessionIndex } = request
  const name = attributes({
    NameQualifier: nameId.nameQualifier,
    SPNameQualifier: nameId.spNameQualifier,
    Format: nameId.format,
  })
  const of = { ...head(request), NotOnOrAfter: request.notOnOrAfter.toISOString(), Reason: logoutByUser }
  const index = sessionIndex === null ? '' : `<samlp:SessionIndex>${escape(sessionIndex)}</samlp:SessionIndex>`
  return `<samlp:LogoutRequest${attributes(of)}><saml:Issuer>${escape(request.issuer)}</saml:Issuer><saml:NameID${name}>${escape(nameId.value)}</saml:NameID>${index}</samlp:LogoutRequest>`
}

/** The LogoutResponse (Core 3.7.2) to a request that was carried out: we ask nobody else, so it never failed halfway. */
export function makeLogoutResponse(response: Head & { inResponseTo: string }): string {
  const of = { ...head(response), InResponseTo: response.inResponseTo }
  return `<samlp:LogoutResponse${attributes(of)}><saml:Issuer>${escape(response.issuer)}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${statusSuccess}"/></samlp:Status></samlp:LogoutResponse>`
}
