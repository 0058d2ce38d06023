import { check } from '../protocol/sign-in-check.ts'
import { saml } from '../saml/names.ts'
import { withXml } from '../saml/xml.ts'
import { childOf } from '../saml/xml-element.ts'
import { type Diagnosis, diagnosis, type Looking } from './diagnosis.ts'

const responseNeeded =
  'To see the checks, paste the SAMLResponse: the form field that the browser posts to the redirect URL afterwards.'

/** An AuthnRequest (Core 3.4.1), ours or another application's. */
export function explainRequest(xml: string, looking: Looking): Diagnosis {
  const { issuer, acsUrl, destination } = withXml(xml.trim(), ({ root }) => ({
    issuer: childOf(root, saml, 'Issuer')?.text ?? 'none',
    acsUrl: root.attributes.get('AssertionConsumerServiceURL') ?? 'none',
    destination: root.attributes.get('Destination') ?? 'none',
  }))
  const explanation = 'It is the question that an application sends to the identity provider, and not its answer.'
  if (looking === null) return diagnosis('SAML_REQUEST', 'An authentication request', explanation, [responseNeeded])
  const { connection, urls } = looking
  const compare = (name: string, title: string, expected: string | null, actual: string) =>
    check(name, title, expected === actual, expected, actual)
  const checks = [
    compare('issuer', 'Issuer: our Entity ID', connection.spEntityId, issuer),
    compare('acsUrl', 'Redirect URL', urls.acsUrl, acsUrl),
    compare('destination', 'Destination: the Single Sign-On URL', connection.idpSsoUrl, destination),
  ]
  const isOurs = checks.every(({ passed }) => passed)
  const whatToDo = isOurs
    ? ['It is as this connection sends it: what the identity provider says to it is the thing to look at.']
    : ['It is not what this connection sends now: it may be of another application, or of older settings.']
  return diagnosis('SAML_REQUEST', 'An authentication request', explanation, [...whatToDo, responseNeeded], { checks })
}

export const explainLogoutMessage = (): Diagnosis =>
  diagnosis(
    'LOGOUT_MESSAGE',
    'A message about signing out',
    'It is a LogoutRequest or a LogoutResponse, and no sign-in.',
    [responseNeeded],
  )

export const explainAssertion = (): Diagnosis =>
  diagnosis(
    'ASSERTION',
    'An assertion without its response',
    'An assertion arrives in a response, whose Destination and status are checked too.',
    [responseNeeded],
  )

const takes =
  'It takes: an error of Microsoft Entra (the text of its page, the code or the address) or of OpenID Connect, a SAMLResponse or SAMLRequest in any form, an export of SAML-tracer, metadata, a discovery document, a certificate, an ID token, an address, or the reference or reason from our own page.'

export const explainUnknown = (problem: string | null): Diagnosis =>
  diagnosis(
    'UNKNOWN',
    'This is not known here',
    problem === null ? takes : `It looks like XML that is broken or cut off: ${problem} ${takes}`,
    ['Copy all of it, from the beginning to the end, and try again.'],
  )
