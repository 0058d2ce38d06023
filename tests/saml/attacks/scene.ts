import { createSigningKey, type SigningKey } from '../../testkit/certificates.ts'
import type { Answer, IdentityProvider, Person } from '../../testkit/identity-provider.ts'

/** Who answers, to whom, and what the attacker has got in their hands. */
export type Setting = Pick<Answer, 'acsUrl' | 'audience' | 'now' | 'inResponseTo'> & { idp: IdentityProvider }

/** Keys that nobody trusts. */
export type ForeignKeys = { mallory: SigningKey; clone: SigningKey; former: SigningKey }

/** @param genuine the key that is trusted, for the certificate that differs from its own in nothing but the key. */
export async function createForeignKeys(genuine: SigningKey): Promise<ForeignKeys> {
  const [mallory, clone, former] = await Promise.all([
    createSigningKey({ name: 'mallory' }),
    createSigningKey({ like: genuine }),
    createSigningKey({ days: -1 }),
  ])
  return { mallory, clone, former }
}

/** The person whose account the attacker is after. */
const victim: Person = { subject: 'owner', email: 'owner@acme.example' }

export const signatureOf = (xml: string): string => /<ds:Signature .*?<\/ds:Signature>/s.exec(xml)?.[0] ?? ''
export const withoutSignature = (xml: string): string => xml.replace(signatureOf(xml), '')
export const afterIssuer = (xml: string, content: string): string =>
  xml.replace('</saml:Issuer>', `</saml:Issuer>${content}`)
/** The signature with an Object in it. */
export const withObject = (signature: string, content: string): string =>
  signature.replace('</ds:Signature>', `<ds:Object>${content}</ds:Object></ds:Signature>`)

/**
 * What an attacker works with: a genuine response about themselves, as anybody with an account at the identity
 * provider can get one, and anything they write. The identity provider's own lies stand for its mistakes.
 */
export class Scene {
  readonly idp: IdentityProvider
  readonly keys: ForeignKeys
  readonly #setting: Setting
  /** A genuine, signed assertion about ada. */
  readonly assertion: string
  /** An assertion about the victim that nobody signed. */
  readonly forged: string

  constructor(setting: Setting, keys: ForeignKeys) {
    this.#setting = setting
    this.idp = setting.idp
    this.keys = keys
    this.assertion = this.idp.assertion(this.answer())
    this.forged = this.idp.assertion(this.answer({ sign: 'none', person: victim }))
  }

  answer(lies: Partial<Answer> = {}): Answer {
    const { idp: _, ...truth } = this.#setting
    return { ...truth, person: { subject: 'ada', email: 'ada@acme.example', name: 'Ada Lovelace' }, ...lies }
  }

  /** An instant that many minutes from now. */
  at(minutes: number): string {
    return new Date(this.#setting.now.getTime() + minutes * 60_000).toISOString()
  }

  /** The identity provider's response, with lies. */
  told(lies: Partial<Answer> = {}): string {
    return this.idp.responseXml(this.answer(lies))
  }

  /** An unsigned response with this content. */
  respond(content: string): string {
    return this.idp.responseXml(this.answer(), content)
  }

  /** The genuine response. */
  get genuine(): string {
    return this.respond(this.assertion)
  }

  /** A genuine response that is signed as a whole. */
  signedResponse(): string {
    return this.idp.responseXml(this.answer({ sign: 'response' }), withoutSignature(this.assertion))
  }

  /** A response that nobody signed, with an ID of its own. */
  forgedResponse(content: string = this.forged): string {
    return this.idp.responseXml(this.answer({ sign: 'none', responseId: '_forged' }), content)
  }

  /** Signed by the identity provider, after the change: what stands for documents it should never have signed. */
  signed(change: (assertion: string) => string): string {
    return this.told({ changeAssertion: change })
  }

  get genuineId(): string {
    return /ID="([^"]+)"/.exec(this.assertion)?.[1] ?? ''
  }

  /** The element under the genuine assertion's ID. */
  sameId(xml: string): string {
    return xml.replace(/ID="[^"]+"/, `ID="${this.genuineId}"`)
  }
}
