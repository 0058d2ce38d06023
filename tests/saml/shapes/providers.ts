import { type Material, type Shape, type Writing, written } from './shape.ts'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
const xs = 'http://www.w3.org/2001/XMLSchema'
const xsi = 'http://www.w3.org/2001/XMLSchema-instance'
const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const password = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'
const basic = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic'
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'

/** What every answer says. */
type Told = { idp: string; acs: string; sp: string; now: string; end: string; soon: string; request: string }

const told = ({ idp, answer }: Material): Told => {
  const { acsUrl: acs, audience: sp, now: at, inResponseTo } = answer()
  const after = (minutes: number): string => new Date(at.getTime() + minutes * 60_000).toISOString()
  return { idp: idp.entityId, acs, sp, now: after(0), end: after(60), soon: after(5), request: inResponseTo ?? '' }
}

const document =
  (write: (told: Told) => string, writing: Omit<Writing, 'truth'>) =>
  (material: Material): string =>
    written({ ...writing, style: () => write(told(material)) })(material)

const entra = ({ idp, acs, sp, now, end, request }: Told): string =>
  `<samlp:Response ID="_response" Version="2.0" IssueInstant="${now}" Destination="${acs}" InResponseTo="${request}" xmlns:samlp="${samlp}"><Issuer xmlns="${saml}">${idp}</Issuer><samlp:Status><samlp:StatusCode Value="${success}"/></samlp:Status><Assertion ID="_assertion" IssueInstant="${now}" Version="2.0" xmlns="${saml}"><Issuer>${idp}</Issuer><Subject><NameID Format="${persistent}">ada</NameID><SubjectConfirmation Method="${bearer}"><SubjectConfirmationData InResponseTo="${request}" NotOnOrAfter="${end}" Recipient="${acs}"/></SubjectConfirmation></Subject><Conditions NotBefore="${now}" NotOnOrAfter="${end}"><AudienceRestriction><Audience>${sp}</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="http://schemas.microsoft.com/identity/claims/displayname"><AttributeValue>Ada Lovelace</AttributeValue></Attribute><Attribute Name="http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"><AttributeValue>9b2f3c44-1d6e-4f7a-8c90-000000000001</AttributeValue><AttributeValue>9b2f3c44-1d6e-4f7a-8c90-000000000002</AttributeValue></Attribute><Attribute Name="${claims}/emailaddress"><AttributeValue>ada@acme.example</AttributeValue></Attribute></AttributeStatement><AuthnStatement AuthnInstant="${now}" SessionIndex="_assertion"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>`

const okta = ({ idp, acs, sp, now, end, request }: Told): string =>
  `<?xml version="1.0" encoding="UTF-8"?><saml2p:Response Destination="${acs}" ID="_response" InResponseTo="${request}" IssueInstant="${now}" Version="2.0" xmlns:saml2p="${samlp}" xmlns:xs="${xs}"><saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" xmlns:saml2="${saml}">${idp}</saml2:Issuer><saml2p:Status xmlns:saml2p="${samlp}"><saml2p:StatusCode Value="${success}"/></saml2p:Status><saml2:Assertion ID="_assertion" IssueInstant="${now}" Version="2.0" xmlns:saml2="${saml}" xmlns:xs="${xs}"><saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" xmlns:saml2="${saml}">${idp}</saml2:Issuer><saml2:Subject xmlns:saml2="${saml}"><saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">ada@acme.example</saml2:NameID><saml2:SubjectConfirmation Method="${bearer}"><saml2:SubjectConfirmationData InResponseTo="${request}" NotOnOrAfter="${end}" Recipient="${acs}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="${now}" NotOnOrAfter="${end}" xmlns:saml2="${saml}"><saml2:AudienceRestriction><saml2:Audience>${sp}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AuthnStatement AuthnInstant="${now}" SessionIndex="_request" xmlns:saml2="${saml}"><saml2:AuthnContext><saml2:AuthnContextClassRef>${password}</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement xmlns:saml2="${saml}"><saml2:Attribute Name="email" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"><saml2:AttributeValue xmlns:xs="${xs}" xmlns:xsi="${xsi}" xsi:type="xs:string">ada@acme.example</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement></saml2:Assertion></saml2p:Response>`

const google = ({ idp, acs, sp, now, end, request }: Told): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="no"?><saml2p:Response xmlns:saml2p="${samlp}" Destination="${acs}" ID="_response" InResponseTo="${request}" IssueInstant="${now}" Version="2.0">
  <saml2:Issuer xmlns:saml2="${saml}">${idp}</saml2:Issuer>
  <saml2p:Status>
    <saml2p:StatusCode Value="${success}"/>
  </saml2p:Status>
  <saml2:Assertion xmlns:saml2="${saml}" ID="_assertion" IssueInstant="${now}" Version="2.0">
    <saml2:Issuer>${idp}</saml2:Issuer>
    <saml2:Subject>
      <saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">ada@acme.example</saml2:NameID>
      <saml2:SubjectConfirmation Method="${bearer}">
        <saml2:SubjectConfirmationData InResponseTo="${request}" NotOnOrAfter="${end}" Recipient="${acs}"/>
      </saml2:SubjectConfirmation>
    </saml2:Subject>
    <saml2:Conditions NotBefore="${now}" NotOnOrAfter="${end}">
      <saml2:AudienceRestriction>
        <saml2:Audience>${sp}</saml2:Audience>
      </saml2:AudienceRestriction>
    </saml2:Conditions>
    <saml2:AttributeStatement>
      <saml2:Attribute Name="email">
        <saml2:AttributeValue xmlns:xs="${xs}" xmlns:xsi="${xsi}" xsi:type="xs:string">ada@acme.example</saml2:AttributeValue>
      </saml2:Attribute>
    </saml2:AttributeStatement>
    <saml2:AuthnStatement AuthnInstant="${now}" SessionIndex="_assertion">
      <saml2:AuthnContext>
        <saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml2:AuthnContextClassRef>
      </saml2:AuthnContext>
    </saml2:AuthnStatement>
  </saml2:Assertion>
</saml2p:Response>`

const adfs = ({ idp, acs, sp, now, end, soon, request }: Told): string =>
  `<samlp:Response ID="_response" Version="2.0" IssueInstant="${now}" Destination="${acs}" Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified" InResponseTo="${request}" xmlns:samlp="${samlp}"><Issuer xmlns="${saml}">${idp}</Issuer><samlp:Status><samlp:StatusCode Value="${success}" /></samlp:Status><Assertion ID="_assertion" IssueInstant="${now}" Version="2.0" xmlns="${saml}"><Issuer>${idp}</Issuer><Subject><NameID>ada</NameID><SubjectConfirmation Method="${bearer}"><SubjectConfirmationData InResponseTo="${request}" NotOnOrAfter="${soon}" Recipient="${acs}" /></SubjectConfirmation></Subject><Conditions NotBefore="${now}" NotOnOrAfter="${end}"><AudienceRestriction><Audience>${sp}</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="${claims}/emailaddress" a:OriginalIssuer="http://fs.acme.example/adfs/services/trust" xmlns:a="http://schemas.xmlsoap.org/ws/2009/09/identity/claims"><AttributeValue>ada@acme.example</AttributeValue></Attribute></AttributeStatement><AuthnStatement AuthnInstant="${now}" SessionIndex="_assertion"><AuthnContext><AuthnContextClassRef>${password}</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>`

const keycloak = ({ idp, acs, sp, now, end, request }: Told): string =>
  `<samlp:Response xmlns:samlp="${samlp}" xmlns:saml="${saml}" Destination="${acs}" ID="_response" InResponseTo="${request}" IssueInstant="${now}" Version="2.0"><saml:Issuer>${idp}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${success}"/></samlp:Status><saml:Assertion xmlns="${saml}" ID="_assertion" IssueInstant="${now}" Version="2.0"><saml:Issuer>${idp}</saml:Issuer><saml:Subject><saml:NameID Format="${persistent}">ada</saml:NameID><saml:SubjectConfirmation Method="${bearer}"><saml:SubjectConfirmationData InResponseTo="${request}" NotOnOrAfter="${end}" Recipient="${acs}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${now}" NotOnOrAfter="${end}"><saml:AudienceRestriction><saml:Audience>${sp}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${now}" SessionIndex="0e3b::5d1c" SessionNotOnOrAfter="${end}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute FriendlyName="email" Name="email" NameFormat="${basic}"><saml:AttributeValue xmlns:xs="${xs}" xmlns:xsi="${xsi}" xsi:type="xs:string">ada@acme.example</saml:AttributeValue></saml:Attribute><saml:Attribute Name="Role" NameFormat="${basic}"><saml:AttributeValue xmlns:xs="${xs}" xmlns:xsi="${xsi}" xsi:type="xs:string">offline_access</saml:AttributeValue><saml:AttributeValue xmlns:xs="${xs}" xmlns:xsi="${xsi}" xsi:type="xs:string">uma_authorization</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>`

const simpleSamlPhp = ({ idp, acs, sp, now, end, request }: Told): string =>
  `<?xml version="1.0"?>
<samlp:Response xmlns:samlp="${samlp}" xmlns:saml="${saml}" ID="_response" Version="2.0" IssueInstant="${now.replace(/\.\d+/, '')}" Destination="${acs}" InResponseTo="${request}"><saml:Issuer>${idp}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${success}"/></samlp:Status><saml:Assertion xmlns:xsi="${xsi}" xmlns:xs="${xs}" ID="_assertion" Version="2.0" IssueInstant="${now}"><saml:Issuer>${idp}</saml:Issuer><saml:Subject><saml:NameID SPNameQualifier="${sp}" Format="${persistent}">ada</saml:NameID><saml:SubjectConfirmation Method="${bearer}"><saml:SubjectConfirmationData NotOnOrAfter="${end}" Recipient="${acs}" InResponseTo="${request}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${now}" NotOnOrAfter="${end}"><saml:AudienceRestriction><saml:Audience>${sp}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${now}" SessionNotOnOrAfter="${end}" SessionIndex="_session"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="email" NameFormat="${basic}"><saml:AttributeValue xsi:type="xs:string">ada@acme.example</saml:AttributeValue></saml:Attribute><saml:Attribute Name="displayName" NameFormat="${basic}"><saml:AttributeValue xsi:type="xs:string">Ada &amp; Löve</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>
`

/** The npm packages samlp and saml-idp share this way. */
const nodePackage = ({ idp, acs, sp, now, end, request }: Told): string =>
  `<samlp:Response xmlns:samlp="${samlp}" ID="_response" Version="2.0" IssueInstant="${now}" Destination="${acs}" InResponseTo="${request}"><saml:Issuer xmlns:saml="${saml}">${idp}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${success}"/></samlp:Status><saml:Assertion xmlns:saml="${saml}" Version="2.0" ID="_assertion" IssueInstant="${now}"><saml:Issuer>${idp}</saml:Issuer><saml:Subject><saml:NameID Format="${persistent}">ada</saml:NameID><saml:SubjectConfirmation Method="${bearer}"><saml:SubjectConfirmationData NotOnOrAfter="${end}" Recipient="${acs}" InResponseTo="${request}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${now}" NotOnOrAfter="${end}"><saml:AudienceRestriction><saml:Audience>${sp}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AttributeStatement xmlns:xs="${xs}" xmlns:xsi="${xsi}"><saml:Attribute Name="${claims}/emailaddress" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"><saml:AttributeValue xsi:type="xs:string">ada@acme.example</saml:AttributeValue></saml:Attribute></saml:AttributeStatement><saml:AuthnStatement AuthnInstant="${now}" SessionIndex="_session"><saml:AuthnContext><saml:AuthnContextClassRef>${password}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement></saml:Assertion></samlp:Response>`

/** A signature with empty elements in short, as most write theirs; the signature's value does not depend on it. */
const short = (xml: string): string => xml.replace(/<([\w:]+)((?:\s[^<>]*[^<>/])?)><\/\1>/g, '<$1$2/>')
/** AD FS declares the namespace of the key once more. */
const keyInfoAgain = (xml: string): string =>
  xml.replace(/<ds:KeyInfo>(.*)<\/ds:KeyInfo>/s, (_, data: string) =>
    `<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">${data}</KeyInfo>`.replaceAll('ds:', ''),
  )

/** Responses as well-known identity providers write them down: their prefixes, their order, their white space. */
export const providers: Shape[] = [
  { what: 'as Entra writes it', xml: document(entra, { signing: () => ({ prefix: '' }), after: short }) },
  {
    what: 'as Okta writes it',
    xml: document(okta, { sign: 'both', signing: () => ({ prefixList: 'xs' }), after: short }),
  },
  { what: 'as Google writes it', xml: document(google, { sign: 'response', signing: () => ({ between: '\n' }) }) },
  {
    what: 'as AD FS writes it',
    xml: document(adfs, { signing: () => ({ changeSignature: keyInfoAgain }), after: short }),
  },
  {
    what: 'as Keycloak writes it',
    xml: document(keycloak, { sign: 'both', signing: () => ({ prefix: 'dsig' }), after: short }),
  },
  { what: 'as SimpleSAMLphp writes it', xml: document(simpleSamlPhp, { sign: 'both', after: short }) },
  {
    what: 'as samlp and saml-idp write it',
    xml: document(nodePackage, { signing: () => ({ prefix: '' }), after: short }),
  },
]
