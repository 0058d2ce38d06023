import type { Answer } from '../../testkit/identity-provider.ts'
import { type Shape, written } from './shape.ts'

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const groups = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'
const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
const address = ['email', 'ada@acme.example'] as [string, ...string[]]

const says = (what: string, truth: (answer: Answer) => Partial<Answer>): Shape => ({
  what,
  xml: written({ truth: ({ answer }) => truth(answer()) }),
})
const sends = (what: string, ...attributes: [string, ...string[]][]): Shape => says(what, () => ({ attributes }))
const styled = (what: string, style: (xml: string) => string, prefixList?: string): Shape => ({
  what,
  xml: written({ sign: 'both', style, ...(prefixList !== undefined && { signing: () => ({ prefixList }) }) }),
})
const many = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => `6f0c6ba2-3c7a-4c68-9f43-${String(i).padStart(12, '0')}`)

const typed =
  (type: string, ...declarations: string[]) =>
  (xml: string): string =>
    xml.replaceAll(
      '<saml:AttributeValue>',
      `<saml:AttributeValue ${[...declarations, `xsi:type="${type}"`].join(' ')}>`,
    )
const onAssertion =
  (declarations: string) =>
  (xml: string): string =>
    xml.replace('<saml:Assertion ', `<saml:Assertion ${declarations} `)
const onResponse =
  (declarations: string) =>
  (xml: string): string =>
    xml.replace('<samlp:Response ', `<samlp:Response ${declarations} `)

/** What an identity provider may say, and how. */
export const content: Shape[] = [
  styled('attribute values of the type xs:string', typed('xs:string', xs, xsi)),
  styled('attribute values of the type xsd:string', (xml) =>
    typed('xsd:string', xs, xsi)(xml).replaceAll('xmlns:xs=', 'xmlns:xsd='),
  ),
  styled('attribute values of any type', typed('xs:anyType', xs, xsi)),
  styled(
    'types whose prefixes the assertion declares',
    (xml) => onAssertion(`${xs} ${xsi}`)(typed('xs:string')(xml)),
    'xs',
  ),
  styled(
    'types whose prefixes the response declares, kept',
    (xml) => onResponse(`${xs} ${xsi}`)(typed('xs:string')(xml)),
    'xs xsi',
  ),
  styled('types whose prefixes the response declares, not kept', (xml) =>
    onResponse(`${xs} ${xsi}`)(typed('xs:string')(xml)),
  ),
  styled('a value that is nil', (xml) =>
    xml.replace(
      '</saml:AttributeStatement>',
      `<saml:Attribute Name="phone"><saml:AttributeValue ${xsi} xsi:nil="true"/></saml:Attribute></saml:AttributeStatement>`,
    ),
  ),
  styled('numbers, truths and times', (xml) =>
    xml.replace(
      '</saml:AttributeStatement>',
      `<saml:Attribute Name="x"><saml:AttributeValue ${xs} ${xsi} xsi:type="xs:integer">1</saml:AttributeValue><saml:AttributeValue ${xs} ${xsi} xsi:type="xs:boolean">true</saml:AttributeValue><saml:AttributeValue ${xs} ${xsi} xsi:type="xs:dateTime">2026-03-01T12:00:00Z</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`,
    ),
  ),
  styled('names of names: FriendlyName and NameFormat', (xml) =>
    xml.replaceAll(
      '<saml:Attribute Name=',
      '<saml:Attribute FriendlyName="x" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" Name=',
    ),
  ),
  styled('attributes of a namespace of its own on attributes', (xml) =>
    xml.replaceAll(
      '<saml:Attribute Name=',
      '<saml:Attribute xmlns:a="http://schemas.xmlsoap.org/ws/2009/09/identity/claims" a:OriginalIssuer="x" Name=',
    ),
  ),
  styled('an eduPersonTargetedID, which is a NameID', (xml) =>
    xml.replace(
      '</saml:AttributeStatement>',
      '<saml:Attribute Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.10"><saml:AttributeValue><saml:NameID NameQualifier="x" SPNameQualifier="y">z</saml:NameID></saml:AttributeValue></saml:Attribute></saml:AttributeStatement>',
    ),
  ),
  styled('two attribute statements', (xml) =>
    xml.replace('</saml:Attribute>', '</saml:Attribute></saml:AttributeStatement><saml:AttributeStatement>'),
  ),
  sends('attributes with several values, and with none', address, ['memberOf', 'a', 'b', 'c'], ['empty', ''], ['none']),
  sends('150 groups', [`${claims}emailaddress`, 'ada@acme.example'], [groups, ...many(150)]),
  sends('2000 groups', address, [groups, ...many(2000)]),
  sends(
    'a link instead of more than 150 groups',
    [`${claims}emailaddress`, 'ada@acme.example'],
    [
      'http://schemas.microsoft.com/claims/groups.link',
      'https://graph.windows.net/6f0c6ba2/users/6f0c/getMemberObjects',
    ],
  ),
  {
    what: '800 groups, each with a type and the namespaces of that',
    xml: written({
      truth: () => ({ attributes: [address, ['groups', ...many(800)]] }),
      style: typed('xs:string', xs, xsi),
    }),
  },
  says('names in any letters', () => ({ person: { subject: 'ädå', email: 'ada@acme.example', name: '愛 😀 & <b>' } })),
  ...['unspecified', 'emailAddress', 'X509SubjectName', 'WindowsDomainQualifiedName'].map((format) =>
    says(`a NameID of the format ${format}`, () => ({
      nameId: { value: 'ada@acme.example', format: `urn:oasis:names:tc:SAML:1.1:nameid-format:${format}` },
    })),
  ),
  says('a NameID without a format', () => ({ nameId: { value: 'ada', format: null } })),
  styled('a NameID with qualifiers', (xml) =>
    xml.replace('<saml:NameID ', '<saml:NameID NameQualifier="idp" SPNameQualifier="sp" SPProvidedID="x" '),
  ),
  says('an Issuer that says it is an entity', () => ({
    issuerFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
  })),
  says('no Issuer of the response', () => ({ responseIssuer: null })),
  says('several audiences in one restriction', ({ audience }) => ({ audiences: [['urn:other', audience]] })),
  says('two restrictions that both name us', ({ audience }) => ({ audiences: [[audience], ['urn:other', audience]] })),
  says('conditions without a start', () => ({ notBefore: null })),
  styled('conditions of every known kind', (xml) =>
    xml.replace(
      '</saml:Conditions>',
      '<saml:OneTimeUse/><saml:ProxyRestriction Count="1"><saml:Audience>urn:x</saml:Audience></saml:ProxyRestriction></saml:Conditions>',
    ),
  ),
  styled('another confirmation beside the bearer’s', (xml) =>
    xml.replace(
      '<saml:SubjectConfirmation ',
      '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"/><saml:SubjectConfirmation ',
    ),
  ),
  styled('the address of the browser', (xml) =>
    xml.replace('<saml:SubjectConfirmationData ', '<saml:SubjectConfirmationData Address="192.0.2.1" '),
  ),
  styled('where and through whom the person signed in', (xml) =>
    xml
      .replace('<saml:AuthnContext>', '<saml:SubjectLocality Address="192.0.2.1" DNSName="x"/><saml:AuthnContext>')
      .replace(
        '</saml:AuthnContext>',
        '<saml:AuthenticatingAuthority>urn:x</saml:AuthenticatingAuthority></saml:AuthnContext>',
      ),
  ),
  styled('two statements of a sign-in', (xml) =>
    xml.replace(/(<saml:AuthnStatement.*<\/saml:AuthnStatement>)/s, '$1$1'),
  ),
  styled('consent', (xml) =>
    xml.replace('<samlp:Response ', '<samlp:Response Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified" '),
  ),
  says('a word about the success', () => ({ statusMessage: 'Welcome' })),
  styled('times without fractions of a second', (xml) => xml.replace(/\.\d{3}Z/g, 'Z')),
  styled('times with seven digits, as .NET writes them', (xml) => xml.replace(/\.(\d{3})Z/g, '.$10000Z')),
  says('a session that ends', ({ now }) => ({
    sessionNotOnOrAfter: new Date(now.getTime() + 3_600_000).toISOString(),
  })),
]
