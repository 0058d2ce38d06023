import type { SignOptions } from '../../testkit/xml-signature.ts'
import type { Scene } from './scene.ts'

/** A genuine response, signed in another way. */
export const signedSo = (signing: (s: Scene) => SignOptions) => (s: Scene) => s.told({ signing: signing(s) })
/** What the identity provider signs is changed before it signs. */
export const before = (change: (info: string) => string) => signedSo(() => ({ changeSignedInfo: change }))
/** The signature is changed after it was made. */
export const afterwards = (change: (signature: string) => string) => signedSo(() => ({ changeSignature: change }))
export const referenceOf = (info: string): string => /<ds:Reference.*<\/ds:Reference>/s.exec(info)?.[0] ?? ''
export const transformed = (...transforms: string[]) => signedSo(() => ({ transforms }))
