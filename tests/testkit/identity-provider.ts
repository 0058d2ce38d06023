import { createHash, createHmac, randomBytes, sign } from 'node:crypto'
import { createSigningKey, type SigningKey } from './certificates.ts'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
const ds = 'http://www.w3.org/2000/09/xmldsig#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const formats = 'urn:oasis:names:tc:SAML:2.0:nameid-format'

const text = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const quoted = (value: string): string => text(value).replace(/"/g, '&quot;')
const newId = (): string => `_${randomBytes(16).toString('hex')}`

/** Attributes in the order of canonical XML; those without a value are left out. */
const attributes = (values: Record<string, string | null | undefined>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ` ${name}="${quoted(value ?? '')}"`)
    .join('')

const algorithms = {
  'rsa-sha256': { uri: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', hash: 'sha256' },
  'rsa-sha512': { uri: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', hash: 'sha512' },
  'rsa-sha1': { uri: `${ds}rsa-sha1`, hash: 'sha1' },
  'ecdsa-sha256': { uri: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', hash: 'sha256' },
  'hmac-sha256': { uri: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256', hash: 'sha256' },
} as const

const digests = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  sha1: `${ds}sha1`,
} as const

export type SignOptions = {
  signer?: SigningKey
  algorithm?: keyof typeof algorithms
  digest?: keyof typeof digests
  /** Instead of the key: HMAC with this secret. */
  hmacSecret?: Buffer
  transforms?: string[]
  canonicalization?: string
  referenceUri?: string
  /** Changes SignedInfo before it is signed. */
  changeSignedInfo?: (signedInfo: string) => string
  /** Changes the finished Signature. */
  changeSignature?: (signature: string) => string
  withoutKeyInfo?: boolean
}

/**
 * Signs an element that is in canonical form already (as everything here is), enveloped, after its Issuer.
 * Written from XML Signature alone: no library that the server uses has a part in it.
 */
export function signElement(xml: string, signer: SigningKey, options: SignOptions = {}): string {
  const id = /\bID="([^"]+)"/.exec(xml)?.[1] ?? ''
  const algorithm = algorithms[options.algorithm ?? 'rsa-sha256']
  const digest = options.digest ?? 'sha256'
  const transforms = options.transforms ?? [`${ds}enveloped-signature`, exclusive]
  const digestValue = createHash(digest).update(xml, 'utf8').digest('base64')
  const reference =
    `<ds:Reference URI="${quoted(options.referenceUri ?? `#${id}`)}"><ds:Transforms>` +
    transforms.map((uri) => `<ds:Transform Algorithm="${uri}"></ds:Transform>`).join('') +
    `</ds:Transforms><ds:DigestMethod Algorithm="${digests[digest]}"></ds:DigestMethod><ds:DigestValue>${digestValue}</ds:DigestValue></ds:Reference>`
  const body =
    `<ds:CanonicalizationMethod Algorithm="${options.canonicalization ?? exclusive}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${algorithm.uri}"></ds:SignatureMethod>${reference}</ds:SignedInfo>`
  const change = options.changeSignedInfo ?? ((signedInfo: string) => signedInfo)
  const canonical = change(`<ds:SignedInfo xmlns:ds="${ds}">${body}`)
  const key = (options.signer ?? signer).key
  const value = options.hmacSecret
    ? createHmac('sha256', options.hmacSecret).update(canonical).digest()
    : sign(
        algorithm.hash,
        Buffer.from(canonical),
        key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' } : key,
      )
  const keyInfo = options.withoutKeyInfo
    ? ''
    : `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${(options.signer ?? signer).der.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
  const signature =
    `<ds:Signature xmlns:ds="${ds}">${canonical.replace(` xmlns:ds="${ds}"`, '')}` +
    `<ds:SignatureValue>${value.toString('base64')}</ds:SignatureValue>${keyInfo}</ds:Signature>`
  const finished = (options.changeSignature ?? ((unchanged: string) => unchanged))(signature)
  const at = xml.indexOf('</saml:Issuer>') + '</saml:Issuer>'.length
  return xml.slice(0, at) + finished + xml.slice(at)
}

export type Person = { subject: string; email?: string; name?: string }

/** What an answer says. Each field can be told to lie; null leaves it out. */
export type Answer = {
  acsUrl: string
  audience: string
  now: Date
  inResponseTo: string | null
  person: Person

  assertionId?: string
  responseId?: string
  version?: string
  responseVersion?: string
  issuer?: string
  issuerFormat?: string
  responseIssuer?: string | null
  destination?: string | null
  recipient?: string | null
  confirmationInResponseTo?: string | null
  confirmationMethod?: string
  confirmationNotBefore?: string
  confirmationNotOnOrAfter?: string | null
  issueInstant?: string
  notBefore?: string | null
  notOnOrAfter?: string | null
  authnInstant?: string
  sessionNotOnOrAfter?: string
  /** One list for each AudienceRestriction. */
  audiences?: string[][]
  /** Instead of the whole element. */
  conditions?: string | null
  subjectConfirmation?: string
  authnStatement?: string | null
  nameId?: { value: string; format: string | null } | null
  attributes?: [name: string, ...values: string[]][]
  status?: string
  statusMessage?: string

  sign?: 'assertion' | 'response' | 'both' | 'none'
  signing?: SignOptions
  /** Changes the unsigned assertion: whatever it leaves must be in canonical form. */
  changeAssertion?: (xml: string) => string
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const minutes = (at: Date, n: number): string => new Date(at.getTime() + n * 60_000).toISOString()

/** A SAML 2.0 identity provider with real keys that tells the truth unless told otherwise. */
export class IdentityProvider {
  readonly entityId: string
  readonly ssoUrl: string
  signer: SigningKey

  private constructor(entityId: string, ssoUrl: string, signer: SigningKey) {
    this.entityId = entityId
    this.ssoUrl = ssoUrl
    this.signer = signer
  }

  static async create({
    entityId = 'https://idp.example/entity',
    ssoUrl = 'https://idp.example/sso',
  } = {}): Promise<IdentityProvider> {
    return new IdentityProvider(entityId, ssoUrl, await createSigningKey())
  }

  get certificate(): string {
    return this.signer.certificate
  }

  /** @param changes what it says instead; further keys are announced beside the one that signs. */
  metadata({
    entityId = this.entityId,
    ssoUrl = this.ssoUrl,
    keys = [this.signer],
    attributes: extra = {},
  }: {
    entityId?: string
    ssoUrl?: string
    keys?: SigningKey[]
    attributes?: Record<string, string>
  } = {}): string {
    const descriptors = keys.map(
      ({ der }) => `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${ds}"><ds:X509Data><ds:X509Certificate>
${der.toString('base64').replace(/(.{76})/g, '$1\n')}
    </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    )
    return `<?xml version="1.0" encoding="UTF-8"?>
<!-- published by a test -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${quoted(entityId)}"${attributes(extra)}>
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    ${descriptors.join('\n    ')}
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${quoted(ssoUrl)}/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${quoted(ssoUrl)}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`
  }

  #conditions(answer: Answer): string {
    if (answer.conditions !== undefined) return answer.conditions ?? ''
    const audiences = answer.audiences ?? [[answer.audience]]
    const restrictions = audiences.map(
      (names) =>
        `<saml:AudienceRestriction>${names.map((name) => `<saml:Audience>${text(name)}</saml:Audience>`).join('')}</saml:AudienceRestriction>`,
    )
    const { notBefore = minutes(answer.now, 0), notOnOrAfter = minutes(answer.now, 70) } = answer
    return `<saml:Conditions${attributes({ NotBefore: notBefore, NotOnOrAfter: notOnOrAfter })}>${restrictions.join('')}</saml:Conditions>`
  }

  #subject(answer: Answer): string {
    const { person, nameId = { value: person.subject, format: `${formats}:persistent` } } = answer
    const name =
      nameId === null ? '' : `<saml:NameID${attributes({ Format: nameId.format })}>${text(nameId.value)}</saml:NameID>`
    const data = attributes({
      InResponseTo:
        answer.confirmationInResponseTo === undefined ? answer.inResponseTo : answer.confirmationInResponseTo,
      NotBefore: answer.confirmationNotBefore,
      NotOnOrAfter:
        answer.confirmationNotOnOrAfter === undefined ? minutes(answer.now, 5) : answer.confirmationNotOnOrAfter,
      Recipient: answer.recipient === undefined ? answer.acsUrl : answer.recipient,
    })
    const method = answer.confirmationMethod ?? 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
    const confirmation =
      answer.subjectConfirmation ??
      `<saml:SubjectConfirmation Method="${method}"><saml:SubjectConfirmationData${data}></saml:SubjectConfirmationData></saml:SubjectConfirmation>`
    return `<saml:Subject>${name}${confirmation}</saml:Subject>`
  }

  #statements(answer: Answer): string {
    const { person } = answer
    const authn = attributes({
      AuthnInstant: answer.authnInstant ?? minutes(answer.now, 0),
      SessionIndex: newId(),
      SessionNotOnOrAfter: answer.sessionNotOnOrAfter,
    })
    const statement =
      answer.authnStatement === undefined
        ? `<saml:AuthnStatement${authn}><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`
        : (answer.authnStatement ?? '')
    const sent =
      answer.attributes ??
      ([
        ...(person.email === undefined ? [] : [[`${claims}emailaddress`, person.email]]),
        ...(person.name === undefined ? [] : [['displayName', person.name]]),
      ] as [string, ...string[]][])
    const list = sent.map(
      ([name, ...values]) =>
        `<saml:Attribute Name="${quoted(name)}">${values.map((value) => `<saml:AttributeValue>${text(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
    )
    return statement + (list.length === 0 ? '' : `<saml:AttributeStatement>${list.join('')}</saml:AttributeStatement>`)
  }

  /** The assertion alone, signed if `answer.sign` says so. */
  assertion(answer: Answer): string {
    const head = attributes({
      ID: answer.assertionId ?? newId(),
      IssueInstant: answer.issueInstant ?? minutes(answer.now, 0),
      Version: answer.version ?? '2.0',
    })
    const issuer = `<saml:Issuer${attributes({ Format: answer.issuerFormat })}>${text(answer.issuer ?? this.entityId)}</saml:Issuer>`
    const xml = `<saml:Assertion xmlns:saml="${saml}"${head}>${issuer}${this.#subject(answer)}${this.#conditions(answer)}${this.#statements(answer)}</saml:Assertion>`
    const changed = answer.changeAssertion?.(xml) ?? xml
    const wanted = answer.sign ?? 'assertion'
    return wanted === 'assertion' || wanted === 'both' ? signElement(changed, this.signer, answer.signing) : changed
  }

  /** The response as XML. @param content what stands after the status: one assertion unless told otherwise. */
  responseXml(answer: Answer, content: string = this.assertion(answer)): string {
    const head = attributes({
      Destination: answer.destination === undefined ? answer.acsUrl : answer.destination,
      ID: answer.responseId ?? newId(),
      InResponseTo: answer.inResponseTo,
      IssueInstant: answer.issueInstant ?? minutes(answer.now, 0),
      Version: answer.responseVersion ?? '2.0',
    })
    const issuer = answer.responseIssuer === undefined ? this.entityId : answer.responseIssuer
    const issuerXml = issuer === null ? '' : `<saml:Issuer xmlns:saml="${saml}">${text(issuer)}</saml:Issuer>`
    const code = `urn:oasis:names:tc:SAML:2.0:status:${answer.status ?? 'Success'}`
    const message =
      answer.statusMessage === undefined
        ? ''
        : `<samlp:StatusMessage>${text(answer.statusMessage)}</samlp:StatusMessage>`
    const status = `<samlp:Status><samlp:StatusCode Value="${code}"></samlp:StatusCode>${message}</samlp:Status>`
    const xml = `<samlp:Response xmlns:samlp="${samlp}"${head}>${issuerXml}${status}${content}</samlp:Response>`
    return answer.sign === 'response' || answer.sign === 'both' ? signElement(xml, this.signer, answer.signing) : xml
  }

  /** The response as the form field carries it. */
  response(answer: Answer): string {
    return Buffer.from(this.responseXml(answer), 'utf8').toString('base64')
  }
}
