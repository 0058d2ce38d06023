import { RandomValues } from './random-values.ts'
import { type Element, type Part, RandomWriter } from './random-writer.ts'

export const namespaces = {
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  ec: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  xs: 'http://www.w3.org/2001/XMLSchema',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  other: 'urn:x:y',
  third: 'http://a.example/b_c#',
}
const { saml, samlp, ds, ec, xsi, other, third } = namespaces

type Attributes = Record<string, string | null>

/**
 * A message of SAML as somebody might write it: mostly as the schemas want it, with all that they leave open, and now and
 * then as they do not.
 */
export class ComposedMessage {
  readonly #values: RandomValues

  constructor(random: () => number) {
    this.#values = new RandomValues(random, random() < 0.4 ? 0 : random() < 0.7 ? 0.015 : 0.06)
  }

  write(): string {
    const v = this.#values
    const root = v.often(0.8) ? this.#response() : this.#logout()
    for (let changes = v.count(v.oddness === 0 ? 0 : 2); changes > 0; changes--) this.#change(root)
    return new RandomWriter(v).document(root)
  }

  #maybe<T>(part: number, make: () => T): T[] {
    return this.#values.often(part) ? [make()] : []
  }

  #some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.#values.count(most) }, make)
  }

  #element(namespace: string, name: string, attributes: Attributes = {}, content: Part[] = []): Element {
    const v = this.#values
    const sent = Object.entries(attributes).flatMap(([attribute, value]): Element['attributes'] =>
      value === null ? [] : [{ namespace: '', name: attribute, value }],
    )
    if (v.isOdd) sent.splice(v.count(sent.length), 1)
    if (v.isOdd)
      sent.push({
        namespace: v.pick(['', '', other, xsi, saml]),
        name: v.pick(['type', 'nil', 'Id', 'x']),
        value: v.ncName(),
      })
    return { namespace, name, attributes: sent, content: v.isOdd ? [...content, v.text()] : content }
  }

  #optional(value: string): string | null {
    return this.#values.often(0.5) ? value : null
  }

  #message(): Attributes {
    const v = this.#values
    return {
      ID: v.id(),
      Version: v.isOdd ? v.text() : '2.0',
      IssueInstant: v.dateTime(),
      Destination: this.#optional(v.uri()),
      Consent: this.#optional(v.uri()),
    }
  }

  #nameId(name: string): Element {
    const v = this.#values
    const attributes = { Format: this.#optional(v.uri()), NameQualifier: this.#optional(v.text()) }
    return this.#element(saml, name, attributes, [v.text()])
  }

  #issued(): Part[] {
    return [...this.#maybe(0.8, () => this.#nameId('Issuer')), ...this.#maybe(0.5, () => this.#signature())]
  }

  #status(): Element {
    const v = this.#values
    const inner = this.#maybe(0.2, () => this.#element(samlp, 'StatusCode', { Value: v.uri() }))
    const code = this.#element(samlp, 'StatusCode', { Value: v.uri() }, inner)
    const message = this.#maybe(0.2, () => this.#element(samlp, 'StatusMessage', {}, [v.text()]))
    return this.#element(samlp, 'Status', {}, [code, ...message])
  }

  #response(): Element {
    const attributes = { ...this.#message(), InResponseTo: this.#optional(this.#values.ncName()) }
    const assertions = this.#some(2, () => this.#assertion())
    return this.#element(samlp, 'Response', attributes, [...this.#issued(), this.#status(), ...assertions])
  }

  #logout(): Element {
    const v = this.#values
    if (v.often(0.5))
      return this.#element(samlp, 'LogoutResponse', this.#message(), [...this.#issued(), this.#status()])
    const attributes = {
      ...this.#message(),
      NotOnOrAfter: this.#optional(v.dateTime()),
      Reason: this.#optional(v.text()),
    }
    const indexes = this.#some(2, () => this.#element(samlp, 'SessionIndex', {}, [v.text()]))
    return this.#element(samlp, 'LogoutRequest', attributes, [...this.#issued(), this.#nameId('NameID'), ...indexes])
  }

  #signature(): Element {
    const v = this.#values
    const method = (name: string, content: Part[] = []): Element =>
      this.#element(ds, name, { Algorithm: v.uri() }, content)
    const inclusive = (): Part[] =>
      this.#maybe(0.3, () => this.#element(ec, 'InclusiveNamespaces', { PrefixList: v.text() }))
    const transforms = this.#some(3, () => method('Transform', inclusive()))
    const reference = this.#element(ds, 'Reference', { URI: this.#optional(v.uri()), Id: this.#optional(v.id()) }, [
      ...(transforms.length > 0 ? [this.#element(ds, 'Transforms', {}, transforms)] : []),
      method('DigestMethod'),
      this.#element(ds, 'DigestValue', {}, [v.base64()]),
    ])
    const info = [method('CanonicalizationMethod', inclusive()), method('SignatureMethod'), reference]
    return this.#element(ds, 'Signature', { Id: this.#optional(v.id()) }, [
      this.#element(ds, 'SignedInfo', {}, info),
      this.#element(ds, 'SignatureValue', {}, [v.base64()]),
      ...this.#maybe(0.6, () => this.#keyInfo()),
    ])
  }

  #keyInfo(): Element {
    const v = this.#values
    const text = (name: string, value: string): Element => this.#element(ds, name, {}, [value])
    const serial = (): Element =>
      this.#element(ds, 'X509IssuerSerial', {}, [
        text('X509IssuerName', v.text()),
        text('X509SerialNumber', v.number()),
      ])
    const data = (): Element =>
      v.pick([() => text('X509Certificate', v.base64()), serial, () => text('X509SKI', v.base64())])()
    const key = (): Element =>
      this.#element(ds, 'KeyValue', {}, [
        this.#element(ds, 'RSAKeyValue', {}, [text('Modulus', v.base64()), text('Exponent', v.base64())]),
      ])
    const x509 = (): Element => this.#element(ds, 'X509Data', {}, [data(), ...this.#some(1, data)])
    const kinds = [x509, x509, key, () => text('KeyName', v.text())]
    return this.#element(ds, 'KeyInfo', {}, [v.pick(kinds)(), ...this.#some(1, () => v.pick(kinds)())])
  }

  #assertion(): Element {
    const v = this.#values
    const attributes = { ID: v.id(), Version: '2.0', IssueInstant: v.dateTime() }
    return this.#element(saml, 'Assertion', attributes, [
      this.#nameId('Issuer'),
      ...this.#maybe(0.3, () => this.#signature()),
      ...this.#maybe(0.7, () => this.#subject()),
      ...this.#maybe(0.6, () => this.#conditions()),
      ...this.#some(2, () => (v.often(0.5) ? this.#authn() : this.#statement())),
    ])
  }

  #subject(): Element {
    const v = this.#values
    const data = (): Element => {
      const period = { NotBefore: this.#optional(v.dateTime()), NotOnOrAfter: this.#optional(v.dateTime()) }
      const more = {
        Recipient: this.#optional(v.uri()),
        InResponseTo: this.#optional(v.ncName()),
        Address: this.#optional(v.text()),
      }
      return this.#element(
        saml,
        'SubjectConfirmationData',
        { ...period, ...more },
        this.#maybe(0.1, () => v.text()),
      )
    }
    const confirmation = (): Element =>
      this.#element(saml, 'SubjectConfirmation', { Method: v.uri() }, [
        ...this.#maybe(0.1, () => this.#nameId('NameID')),
        ...this.#maybe(0.8, data),
      ])
    const names = this.#maybe(0.8, () => this.#nameId('NameID'))
    const first = names.length === 0 && !v.isOdd ? [confirmation()] : []
    return this.#element(saml, 'Subject', {}, [...names, ...first, ...this.#some(2, confirmation)])
  }

  #conditions(): Element {
    const v = this.#values
    const audience = (): Element => this.#element(saml, 'Audience', {}, [v.uri()])
    const kinds = [
      () => this.#element(saml, 'AudienceRestriction', {}, [audience(), ...this.#some(1, audience)]),
      () => this.#element(saml, 'OneTimeUse'),
      () => this.#element(saml, 'ProxyRestriction', { Count: this.#optional(v.number()) }, this.#some(1, audience)),
    ]
    const attributes = { NotBefore: this.#optional(v.dateTime()), NotOnOrAfter: this.#optional(v.dateTime()) }
    return this.#element(
      saml,
      'Conditions',
      attributes,
      this.#some(3, () => v.pick(kinds)()),
    )
  }

  #authn(): Element {
    const v = this.#values
    const uri = (name: string) => (): Element => this.#element(saml, name, {}, [v.uri()])
    const how = v.often(0.8)
      ? [uri('AuthnContextClassRef')(), ...this.#maybe(0.2, uri('AuthnContextDeclRef'))]
      : [uri('AuthnContextDeclRef')()]
    const locality = (): Element => this.#element(saml, 'SubjectLocality', { Address: this.#optional(v.text()) })
    const attributes = {
      AuthnInstant: v.dateTime(),
      SessionIndex: this.#optional(v.text()),
      SessionNotOnOrAfter: this.#optional(v.dateTime()),
    }
    const context = this.#element(saml, 'AuthnContext', {}, [...how, ...this.#some(1, uri('AuthenticatingAuthority'))])
    return this.#element(saml, 'AuthnStatement', attributes, [...this.#maybe(0.2, locality), context])
  }

  #statement(): Element {
    const v = this.#values
    const value = (): Element => {
      const content = v.often(0.05) ? [this.#nameId('NameID')] : [v.text()]
      const made = this.#element(saml, 'AttributeValue', {}, content)
      if (v.often(0.3))
        made.attributes.push({
          namespace: xsi,
          name: 'type',
          value: v.isOdd ? v.pick(['xs:integer', 'string', 'x:string']) : 'xs:string',
        })
      return made
    }
    const attribute = (): Element => {
      const attributes = { Name: v.text(), NameFormat: this.#optional(v.uri()), FriendlyName: this.#optional(v.text()) }
      const made = this.#element(saml, 'Attribute', attributes, this.#some(3, value))
      for (let more = v.count(3); more > 0 && v.often(0.3); more--) {
        made.attributes.push({ namespace: v.pick([other, third]), name: v.pick(['x', 'y', 'z']), value: v.text() })
      }
      return made
    }
    return this.#element(saml, 'AttributeStatement', {}, [attribute(), ...this.#some(2, attribute)])
  }

  /** Something that is missing, there twice, in another order or another place, or called otherwise. */
  #change(root: Element): void {
    const v = this.#values
    const every = (element: Element): Element[] => [
      element,
      ...element.content.flatMap((part) => (typeof part === 'string' ? [] : every(part))),
    ]
    const elements = every(root)
    const element = v.pick(elements)
    const { content, attributes } = element
    const at = Math.floor(v.count(content.length))
    v.pick([
      () => content.splice(at, 1),
      () => content.splice(at, 0, ...content.slice(at, at + 1)),
      () => content.reverse(),
      () => attributes.splice(v.count(attributes.length), 1),
      () => attributes.push(...attributes.slice(0, 1)),
      () => content.push(this.#element(v.pick([saml, samlp, ds, other, '']), v.pick(elements).name)),
      () => content.push(structuredClone(v.pick(elements))),
      () => Object.assign(element, { name: v.pick(elements).name }),
      () => Object.assign(element, { namespace: v.pick([saml, samlp, ds, other]) }),
    ])()
  }
}
