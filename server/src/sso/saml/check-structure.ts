import { ds, ds11, exclusiveC14n, saml, samlp, xenc, xenc11, xsi } from './names.ts'
import { childrenOf, type Xml } from './xml-element.ts'

const inSaml = (...names: string[]): string[] => names.map((name) => `{${saml}}${name}`)
const inSamlp = (...names: string[]): string[] => names.map((name) => `{${samlp}}${name}`)
const inXenc = (...names: string[]): string[] => names.map((name) => `{${xenc}}${name}`)
const inDs = (...names: string[]): string[] => names.map((name) => `{${ds}}${name}`)

/**
 * All that may stand in a message, by what it stands in: the whole grammar of sign-in and logout. What is not here has
 * no place: extensions, advice, objects and manifests in a signature, a second assertion, foreign elements. An attack
 * that hides a genuine assertion somewhere needs such a place.
 */
const places: Record<string, readonly string[]> = {
  [`{${samlp}}Response`]: [
    ...inSaml('Issuer', 'Assertion', 'EncryptedAssertion'),
    ...inDs('Signature'),
    ...inSamlp('Status'),
  ],
  [`{${samlp}}LogoutRequest`]: [...inSaml('Issuer', 'NameID'), ...inDs('Signature'), ...inSamlp('SessionIndex')],
  [`{${samlp}}LogoutResponse`]: [...inSaml('Issuer'), ...inDs('Signature'), ...inSamlp('Status')],
  [`{${samlp}}Status`]: inSamlp('StatusCode', 'StatusMessage'),
  [`{${samlp}}StatusCode`]: inSamlp('StatusCode'),
  [`{${saml}}Assertion`]: [
    ...inSaml('Issuer', 'Subject', 'Conditions', 'AuthnStatement', 'AttributeStatement'),
    ...inDs('Signature'),
  ],
  [`{${saml}}Subject`]: inSaml('NameID', 'EncryptedID', 'SubjectConfirmation'),
  [`{${saml}}SubjectConfirmation`]: inSaml('NameID', 'SubjectConfirmationData'),
  [`{${saml}}Conditions`]: inSaml('AudienceRestriction', 'OneTimeUse', 'ProxyRestriction', 'Condition'),
  [`{${saml}}AudienceRestriction`]: inSaml('Audience'),
  [`{${saml}}ProxyRestriction`]: inSaml('Audience'),
  [`{${saml}}AuthnStatement`]: inSaml('SubjectLocality', 'AuthnContext'),
  [`{${saml}}AuthnContext`]: inSaml('AuthnContextClassRef', 'AuthnContextDeclRef', 'AuthenticatingAuthority'),
  [`{${saml}}AttributeStatement`]: inSaml('Attribute'),
  [`{${saml}}Attribute`]: inSaml('AttributeValue'),
  // eduPersonTargetedID is an attribute whose value is a NameID.
  [`{${saml}}AttributeValue`]: inSaml('NameID'),
  [`{${ds}}Signature`]: inDs('SignedInfo', 'SignatureValue', 'KeyInfo'),
  [`{${ds}}SignedInfo`]: inDs('CanonicalizationMethod', 'SignatureMethod', 'Reference'),
  [`{${ds}}CanonicalizationMethod`]: [`{${exclusiveC14n}}InclusiveNamespaces`],
  [`{${ds}}Reference`]: inDs('Transforms', 'DigestMethod', 'DigestValue'),
  [`{${ds}}Transforms`]: inDs('Transform'),
  [`{${ds}}Transform`]: [`{${exclusiveC14n}}InclusiveNamespaces`],
  [`{${ds}}KeyInfo`]: inDs('KeyName', 'KeyValue', 'X509Data'),
  [`{${ds}}KeyValue`]: [...inDs('RSAKeyValue'), `{${ds11}}ECKeyValue`],
  [`{${ds}}RSAKeyValue`]: inDs('Modulus', 'Exponent'),
  [`{${ds11}}ECKeyValue`]: [`{${ds11}}NamedCurve`, `{${ds11}}PublicKey`],
  [`{${ds}}X509Data`]: inDs('X509Certificate', 'X509IssuerSerial', 'X509SubjectName', 'X509SKI'),
  [`{${ds}}X509IssuerSerial`]: inDs('X509IssuerName', 'X509SerialNumber'),
}
type Grammar = ReadonlyMap<string, ReadonlySet<string>>

const grammarOf = (rules: Record<string, readonly string[]>): Grammar =>
  new Map(Object.entries(rules).map(([place, names]) => [place, new Set(names)]))

const grammar = grammarOf(places)

const inEncrypted = inXenc('EncryptedData', 'EncryptedKey')

/**
 * The same for what is encrypted (XML Encryption 1.1, 3). Ciphertext stands in the document itself: a CipherReference, or
 * a RetrievalMethod with transforms, would make us fetch or compute what the sender likes.
 */
const encryptedPlaces: Record<string, readonly string[]> = {
  [`{${saml}}EncryptedAssertion`]: inEncrypted,
  [`{${saml}}EncryptedID`]: inEncrypted,
  [`{${xenc}}EncryptedData`]: [...inXenc('EncryptionMethod', 'CipherData'), ...inDs('KeyInfo')],
  [`{${xenc}}EncryptedKey`]: [
    ...inXenc('EncryptionMethod', 'CipherData', 'ReferenceList', 'CarriedKeyName'),
    ...inDs('KeyInfo'),
  ],
  [`{${xenc}}EncryptionMethod`]: [...inXenc('KeySize'), ...inDs('DigestMethod'), `{${xenc11}}MGF`],
  [`{${xenc}}CipherData`]: inXenc('CipherValue'),
  [`{${xenc}}ReferenceList`]: inXenc('DataReference'),
  [`{${ds}}KeyInfo`]: [...inDs('KeyName', 'KeyValue', 'X509Data', 'RetrievalMethod'), ...inXenc('EncryptedKey')],
}

const grammarOfEncrypted = grammarOf({ ...places, ...encryptedPlaces })

/** The elements that may say their own type; a Condition that does is refused by name later on. */
const typed = ['AttributeValue', 'Condition']

const encrypted = new Set(inSaml('EncryptedAssertion', 'EncryptedID'))

function misplaced(element: Xml, within = grammar): string | null {
  const rules = encrypted.has(element.fullName) ? grammarOfEncrypted : within
  const allowed = rules.get(element.fullName)
  for (const child of element.children) {
    if (allowed?.has(child.fullName) !== true) return `<${child.name}> in <${element.name}>`
    const found = child.children.length === 0 ? null : misplaced(child, rules)
    if (found !== null) return found
  }
  return null
}

const localName = (name: string): string => name.slice(name.lastIndexOf('}') + 1)

/** @param ids those of the elements before; this one's are added. */
function misplacedOfOne(element: Xml, ids: Set<string>): string | null {
  for (const [name, value] of element.attributes) {
    const local = localName(name)
    if (local.length === 2 && local.toLowerCase() === 'id') {
      const ownId = name === 'ID' || (name === 'Id' && element.namespace !== saml && element.namespace !== samlp)
      if (!ownId || value.length > 256) return `the attribute ${local} of <${element.name}>`
      if (ids.has(value)) return `the same ID twice (${value})`
      ids.add(value)
    }
    if (local !== name && name.startsWith(`{${xsi}}`) && !typed.includes(element.name))
      return `the attribute xsi:${local} of <${element.name}>`
  }
  return null
}

/** @param ids those of the elements before; this one's and its descendants' are added. */
function misplacedAttribute(element: Xml, ids: Set<string>): string | null {
  const own = element.attributes.size === 0 ? null : misplacedOfOne(element, ids)
  if (own !== null) return own
  for (const child of element.children) {
    const found = misplacedAttribute(child, ids)
    if (found !== null) return found
  }
  return null
}

/** A signature may be where SAML puts it and nowhere else: right after the Issuer (Core 5.4, and the schemas). */
function misplacedSignature(element: Xml): string | null {
  const signatures = childrenOf(element, ds, 'Signature')
  if (signatures.length > 1) return `two signatures in <${element.name}>`
  const [signature] = signatures
  return signature !== undefined && element.children[1] !== signature
    ? `a signature of <${element.name}> out of place`
    : null
}

/**
 * Checks what a document that follows the schemas may still hide.
 * @param response or an Assertion alone.
 * @returns what is wrong, as a noun; null when nothing is.
 */
export function checkStructure(response: Xml): string | null {
  const assertions = childrenOf(response, saml, 'Assertion')
  return (
    misplaced(response) ??
    misplacedAttribute(response, new Set()) ??
    misplacedSignature(response) ??
    assertions.map(misplacedSignature).find((found) => found !== null) ??
    null
  )
}
