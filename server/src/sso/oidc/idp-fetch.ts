/** The identity provider could not be asked; the message is a sentence for owners. */
export class IdpNotReached extends Error {}

export type IdpAnswer = { status: number; headers: Record<string, string>; body: string }

/** Sends a request to the identity provider, by whatever rules the caller keeps. @throws IdpNotReached */
export type IdpFetch = (
  url: string,
  request: { method: string; headers: Record<string, string>; body?: string },
) => Promise<IdpAnswer>
