import type { Issuer } from './read-assertion.ts'

/** What the envelope says: signed, or to be believed only where it equals what we know already. */
export type Envelope = {
  version: string
  issueInstant: string
  issuer: Issuer | null
  destination: string | null
  inResponseTo: string | null
}

export type Expectations = {
  spEntityId: string
  /** Null while it is unknown: then any Issuer with the right key will do. */
  idpEntityId: string | null
  acsUrl: string
  clockSkewSeconds: number
  /** The class that was asked for; null: any. */
  requestedAuthnContext: string | null
  now: Date
}

/** What the checks establish. */
export type CheckedFacts = {
  inResponseTo: string | null
  authnInstant: Date
  sessionNotOnOrAfter: Date | null
  /** The earliest of the ends of validity. */
  notOnOrAfter: Date
}
