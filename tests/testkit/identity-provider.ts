import { randomBytes } from 'node:crypto'
import { createSigningKey, type SigningKey } from './certificates.ts'
import { type EncryptOptions, encryptElement } from './encrypt.ts'
import { type SignOptions, signElement } from './xml-signature.ts'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
const ds = 'http://www.w3.org/2000/09/xmldsig#'
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

  /** Encrypts the assertion, after it was signed and before the response is. */
  encrypt?: EncryptOptions
  /** Encrypts the NameID, before anything is signed. */
  encryptNameId?: EncryptOptions

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

  metadata(): string {
    return `<?xml version="1.0" encoding="UTF-8"?>
<!-- published by a test -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${quoted(this.entityId)}">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${ds}"><ds:X509Data><ds:X509Certificate>
${this.signer.der.toString('base64').replace(/(.{76})/g, '$1\n')}
    </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${quoted(this.ssoUrl)}/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${quoted(this.ssoUrl)}"/>
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
    const plain = (declaration: string) =>
      `<saml:NameID${declaration}${attributes({ Format: nameId?.format })}>${text(nameId?.value ?? '')}</saml:NameID>`
    const name =
      nameId === null
        ? ''
        : answer.encryptNameId
          ? encryptElement(plain(` xmlns:saml="${saml}"`), 'EncryptedID', answer.encryptNameId)
          : plain('')
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
    const sent = answer.encrypt ? encryptElement(content, 'EncryptedAssertion', answer.encrypt) : content
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
    const xml = `<samlp:Response xmlns:samlp="${samlp}"${head}>${issuerXml}${status}${sent}</samlp:Response>`
    return answer.sign === 'response' || answer.sign === 'both' ? signElement(xml, this.signer, answer.signing) : xml
  }

  /** The response as the form field carries it. */
  response(answer: Answer): string {
    return Buffer.from(this.responseXml(answer), 'utf8').toString('base64')
  }
}
