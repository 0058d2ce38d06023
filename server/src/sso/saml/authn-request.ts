import { randomBytes } from 'node:crypto'
import { makeAuthnRequest } from './samlify.ts'

/** A new request ID of 160 random bits. It begins with an underscore, because an xs:ID may not begin with a digit. */
export const newRequestId = (): string => `_${randomBytes(20).toString('hex')}`

/** The AuthnRequest for a connection, and where to send the browser with it. */
export function createAuthnRequest({
  connection,
  id,
  issueInstant,
}: {
  connection: { idpSsoUrl: string; spEntityId: string; acsUrl: string }
  id: string
  issueInstant: Date
}): { redirectUrl: string } {
  return { redirectUrl: makeAuthnRequest(connection, connection.idpSsoUrl, id, issueInstant) }
}
