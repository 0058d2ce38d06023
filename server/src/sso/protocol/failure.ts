/** Who can do something about a refused sign-in. */
export type FixedBy = 'OWNER' | 'IDP_ADMINISTRATOR' | 'MEMBER' | 'OPERATOR'

export type Failure = {
  /** The HTTP status of the page that says so. */
  status: number
  fixedBy: FixedBy
  /** What the member reads. It gives nothing away that a stranger may not know. */
  publicMessage: string
  /** What the owner reads beside the trace: where to look, what to change. */
  advice: string
}

/** What members read of several reasons. */
export const sentences = {
  notAccepted:
    'The answer of your identity provider was not accepted, because it is not set up the way this organization expects.',
  damaged: 'The answer of your identity provider could not be read.',
  outdated: 'This sign-in took too long, was used already, or was started somewhere else.',
  notSetUp: 'Single sign-on is not ready for use here.',
  noProfile: 'Your identity provider did not send what is needed to know who you are.',
  notReached: 'Your identity provider could not be reached from here. Try again in a moment.',
} as const

export const failure = (status: number, fixedBy: FixedBy, publicMessage: string, advice: string): Failure => ({
  status,
  fixedBy,
  publicMessage,
  advice,
})
