import { type KeyObject, randomBytes } from 'node:crypto'
import { makeAuthnRequest } from './samlify.ts'
import { signRedirect } from './sign-redirect.ts'

const testPrefix = '_test_'

/**
 * A new request ID of 160 random bits. It begins with an underscore, because an xs:ID may not begin with a digit. That
 * of a test says so, which spares sign-ins proper the question whether they are one.
 */
export const newRequestId = ({ test = false } = {}): string =>
  `${test ? testPrefix : '_'}${randomBytes(20).toString('hex')}`

/** Whether we may have sent it: addresses come from anybody, and what is no ID of ours need not reach the database. */
export const isRequestId = (text: unknown): text is string =>
  typeof text === 'string' && /^_(test_)?[0-9a-f]{40}$/.test(text)

/** A hint and no more: what was asked for is known to our own record of the request alone. */
export const looksLikeTest = (requestId: string): boolean => requestId.startsWith(testPrefix)

export type AuthnRequestSettings = {
  idpSsoUrl: string
  spEntityId: string
  acsUrl: string
  forceAuthn: boolean
  requestedAuthnContext: string | null
}

/**
 * The AuthnRequest for a connection, and where to send the browser with it.
 * @param signingKey null: it is not signed.
 */
export function createAuthnRequest({
  connection,
  id,
  issueInstant,
  signingKey,
}: {
  connection: AuthnRequestSettings
  id: string
  issueInstant: Date
  signingKey: KeyObject | null
}): { redirectUrl: string } {
  const redirectUrl = makeAuthnRequest(connection, id, issueInstant)
  return { redirectUrl: signingKey === null ? redirectUrl : signRedirect(redirectUrl, signingKey) }
}
