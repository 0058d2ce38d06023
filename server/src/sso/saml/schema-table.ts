import { ds, exclusiveC14n, saml, samlp } from './names.ts'
import { anyText, anyUri, base64Binary, dateTime, ncName, nonNegativeInteger, type SimpleType } from './simple-types.ts'

/** How often, and which elements; in the order in which they stand. */
type Part = { least: 0 | 1; most: number; names: ReadonlySet<string> }

/** What an element may be, of what the schemas allow; an attribute of the type 'ID' is unlike all others. */
export type ElementType = {
  required: readonly string[]
  attributes: ReadonlyMap<string, SimpleType | 'ID'>
  /** Attributes of namespaces that the schemas know nothing of. */
  takesOthers: boolean
  /** What stands directly in it: a value, anything, white space between elements, or nothing at all. */
  text: SimpleType
  /** What its children are, in one of these ways. */
  children: readonly (readonly Part[])[]
  mayBeChildless: boolean
}

const counts = { one: [1, 1], optional: [0, 1], some: [1, Infinity], any: [0, Infinity] } as const

const part =
  (count: keyof typeof counts) =>
  (namespace: string, ...names: string[]): Part => {
    const [least, most] = counts[count]
    return { least, most, names: new Set(names.map((name) => `{${namespace}}${name}`)) }
  }
const [one, optional, some, any] = [part('one'), part('optional'), part('some'), part('any')]

type Attributes = Record<string, SimpleType | 'ID'>

const noText: SimpleType = (value) => value === ''
const between: SimpleType = (value) => value === '' || /^[\t\n\r ]+$/.test(value)

/** @param attributes those that must be there have a name that ends in `!`. */
const element = (
  attributes: Attributes,
  text: SimpleType,
  children: readonly (readonly Part[])[] = [[]],
  takesOthers = false,
): ElementType => {
  const entries = Object.entries(attributes)
  return {
    required: entries.flatMap(([name]) => (name.endsWith('!') ? [name.slice(0, -1)] : [])),
    attributes: new Map(entries.map(([name, type]) => [name.replace('!', ''), type])),
    takesOthers,
    text,
    children,
    mayBeChildless: children.some((parts) => parts.every(({ least }) => least === 0)),
  }
}

const empty = (attributes: Attributes): ElementType => element(attributes, noText)
const value = (text: SimpleType, attributes: Attributes = {}): ElementType => element(attributes, text)
const sequence = (attributes: Attributes, ...parts: Part[]): ElementType => element(attributes, between, [parts])
const choice = (attributes: Attributes, ...ways: Part[][]): ElementType => element(attributes, between, ways)
const mixed = (attributes: Attributes, ...parts: Part[]): ElementType => element(attributes, anyText, [parts])

const nameId = value(anyText, {
  Format: anyUri,
  NameQualifier: anyText,
  SPNameQualifier: anyText,
  SPProvidedID: anyText,
})
const message: Attributes = {
  'ID!': 'ID',
  'Version!': anyText,
  'IssueInstant!': dateTime,
  Destination: anyUri,
  Consent: anyUri,
}
const answer: Attributes = { ...message, InResponseTo: ncName }
const issued = [optional(saml, 'Issuer'), optional(ds, 'Signature')]
const period: Attributes = { NotBefore: dateTime, NotOnOrAfter: dateTime }
const inclusive = any(exclusiveC14n, 'InclusiveNamespaces')
const algorithm: Attributes = { 'Algorithm!': anyUri }

/**
 * The schemas of SAML 2.0 (protocol and assertion) and of XML Signature, as far as identity providers use them: less than
 * they allow, and nothing that they do not.
 */
export const schemaTable: ReadonlyMap<string, ElementType> = new Map([
  ...named(samlp, {
    Response: sequence(answer, ...issued, one(samlp, 'Status'), any(saml, 'Assertion')),
    LogoutResponse: sequence(answer, ...issued, one(samlp, 'Status')),
    LogoutRequest: sequence(
      { ...message, Reason: anyText, NotOnOrAfter: dateTime },
      ...issued,
      one(saml, 'NameID'),
      any(samlp, 'SessionIndex'),
    ),
    SessionIndex: value(anyText),
    Status: sequence({}, one(samlp, 'StatusCode'), optional(samlp, 'StatusMessage')),
    StatusCode: sequence({ 'Value!': anyUri }, optional(samlp, 'StatusCode')),
    StatusMessage: value(anyText),
  }),
  ...named(saml, {
    Assertion: sequence(
      { 'ID!': 'ID', 'Version!': anyText, 'IssueInstant!': dateTime },
      one(saml, 'Issuer'),
      optional(ds, 'Signature'),
      optional(saml, 'Subject'),
      optional(saml, 'Conditions'),
      any(saml, 'AuthnStatement', 'AttributeStatement'),
    ),
    Issuer: nameId,
    NameID: nameId,
    Subject: choice({}, [one(saml, 'NameID'), any(saml, 'SubjectConfirmation')], [some(saml, 'SubjectConfirmation')]),
    SubjectConfirmation: sequence(
      { 'Method!': anyUri },
      optional(saml, 'NameID'),
      optional(saml, 'SubjectConfirmationData'),
    ),
    SubjectConfirmationData: mixed({ ...period, Recipient: anyUri, InResponseTo: ncName, Address: anyText }),
    Conditions: sequence(period, any(saml, 'AudienceRestriction', 'OneTimeUse', 'ProxyRestriction')),
    AudienceRestriction: sequence({}, some(saml, 'Audience')),
    Audience: value(anyUri),
    OneTimeUse: empty({}),
    ProxyRestriction: sequence({ Count: nonNegativeInteger }, any(saml, 'Audience')),
    AuthnStatement: sequence(
      { 'AuthnInstant!': dateTime, SessionIndex: anyText, SessionNotOnOrAfter: dateTime },
      optional(saml, 'SubjectLocality'),
      one(saml, 'AuthnContext'),
    ),
    SubjectLocality: empty({ Address: anyText, DNSName: anyText }),
    AuthnContext: choice(
      {},
      [one(saml, 'AuthnContextClassRef'), optional(saml, 'AuthnContextDeclRef'), any(saml, 'AuthenticatingAuthority')],
      [one(saml, 'AuthnContextDeclRef'), any(saml, 'AuthenticatingAuthority')],
    ),
    AuthnContextClassRef: value(anyUri),
    AuthnContextDeclRef: value(anyUri),
    AuthenticatingAuthority: value(anyUri),
    AttributeStatement: sequence({}, some(saml, 'Attribute')),
    Attribute: element(
      { 'Name!': anyText, NameFormat: anyUri, FriendlyName: anyText },
      between,
      [[any(saml, 'AttributeValue')]],
      true,
    ),
    // Of any type; an eduPersonTargetedID has a NameID for a value. That it is text it may say: surely-valid.ts.
    AttributeValue: mixed({}, any(saml, 'NameID')),
  }),
  ...named(ds, {
    Signature: sequence({ Id: 'ID' }, one(ds, 'SignedInfo'), one(ds, 'SignatureValue'), optional(ds, 'KeyInfo')),
    SignedInfo: sequence(
      { Id: 'ID' },
      one(ds, 'CanonicalizationMethod'),
      one(ds, 'SignatureMethod'),
      some(ds, 'Reference'),
    ),
    CanonicalizationMethod: mixed(algorithm, inclusive),
    SignatureMethod: mixed(algorithm),
    Reference: sequence(
      { Id: 'ID', URI: anyUri, Type: anyUri },
      optional(ds, 'Transforms'),
      one(ds, 'DigestMethod'),
      one(ds, 'DigestValue'),
    ),
    Transforms: sequence({}, some(ds, 'Transform')),
    Transform: mixed(algorithm, inclusive),
    DigestMethod: mixed(algorithm),
    DigestValue: value(base64Binary),
    SignatureValue: value(base64Binary, { Id: 'ID' }),
    KeyInfo: mixed({ Id: 'ID' }, some(ds, 'KeyName', 'KeyValue', 'X509Data')),
    KeyName: value(anyText),
    KeyValue: mixed({}, one(ds, 'RSAKeyValue')),
    RSAKeyValue: sequence({}, one(ds, 'Modulus'), one(ds, 'Exponent')),
    Modulus: value(base64Binary),
    Exponent: value(base64Binary),
    X509Data: sequence({}, some(ds, 'X509Certificate', 'X509IssuerSerial', 'X509SubjectName', 'X509SKI')),
    X509Certificate: value(base64Binary),
    X509SubjectName: value(anyText),
    X509SKI: value(base64Binary),
    X509IssuerSerial: sequence({}, one(ds, 'X509IssuerName'), one(ds, 'X509SerialNumber')),
    X509IssuerName: value(anyText),
    X509SerialNumber: value(nonNegativeInteger),
  }),
  ...named(exclusiveC14n, { InclusiveNamespaces: mixed({ PrefixList: anyText }) }),
])

function named(namespace: string, types: Record<string, ElementType>): [string, ElementType][] {
  return Object.entries(types).map(([name, type]) => [`{${namespace}}${name}`, type])
}
