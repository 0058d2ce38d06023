import type { SigningKey } from '../../testkit/certificates.ts'
import { createSigningKey } from '../../testkit/certificates.ts'
import type { Answer, IdentityProvider } from '../../testkit/identity-provider.ts'
import { type ContextOptions, signInContext } from '../../testkit/sign-in-context.ts'

/** The keys that identity providers sign with. */
export type ShapeKeys = Record<'next' | 'p256' | 'p384' | 'p521', SigningKey>

export async function createShapeKeys(): Promise<ShapeKeys> {
  const [next, p256, p384, p521] = await Promise.all([
    createSigningKey({ name: 'next' }),
    createSigningKey({ kind: 'ec' }),
    createSigningKey({ kind: 'ec-384' }),
    createSigningKey({ kind: 'ec-521' }),
  ])
  return { next, p256, p384, p521 }
}

/** What a shape is made from. */
export type Material = { idp: IdentityProvider; keys: ShapeKeys; answer: (truth?: Partial<Answer>) => Answer }

export type Shape = {
  /** What is special about the response: an identity provider may send it so, and some do. */
  what: string
  xml: (material: Material) => string
  /** The keys that the connection trusts; the identity provider's own unless told otherwise. */
  trusted?: (material: Material) => SigningKey[]
  /** Why samlify, or node-saml, has no opinion: what it cannot do, although the response is good. */
  samlifyCannot?: string
  nodeSamlCannot?: string
}

export type Writing = {
  /** What the answer says. */
  truth?: (material: Material) => Partial<Answer>
  /** How the unsigned document is written down. */
  style?: (xml: string) => string
  sign?: 'assertion' | 'response' | 'both'
  signing?: (material: Material) => ContextOptions
  /** What may change after signing without touching anything that was signed. */
  after?: (xml: string) => string
}

/** A true response, written down in this way and signed as it stands. */
export function written({ truth, style, sign = 'assertion', signing, after }: Writing) {
  return (material: Material): string => {
    const { idp, answer } = material
    const ids = { assertionId: '_assertion', responseId: '_response' }
    const plain = idp.responseXml(answer({ ...ids, ...truth?.(material), sign: 'none' }))
    let xml = style?.(plain) ?? plain
    const options = signing?.(material) ?? {}
    if (sign !== 'response') xml = signInContext(xml, '_assertion', options.signer ?? idp.signer, options)
    if (sign !== 'assertion') xml = signInContext(xml, '_response', options.signer ?? idp.signer, options)
    return after?.(xml) ?? xml
  }
}
