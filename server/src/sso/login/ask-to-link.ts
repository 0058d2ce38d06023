import type { RequestContext } from '../../access/request-context.ts'
import { minutes, plus } from '../../core/clock.ts'
import { createId } from '../../core/ids.ts'
import { randomSecret, sha256 } from '../../core/secrets.ts'
import type { Tx } from '../../db/client.ts'
import type { UserRow } from '../../user/user.store.ts'
import { check } from '../protocol/sign-in-check.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'
import { recordRefusal } from './sign-in-refusal.ts'
import { insertPendingLink } from './sign-in-state.store.ts'
import type { VerifiedSignIn } from './verified-sign-in.ts'

/** The browser that signs in, and where it goes then. */
export type Way = { browserBindingHash: string; returnPath: string }

const linkLifetime = minutes(10)

/** Sets the verified sign-in aside until the existing user proves, in the same browser, that they are the same person. */
export async function askToLink(
  ctx: RequestContext,
  tx: Tx,
  connection: ConnectionRow,
  way: Way,
  verified: VerifiedSignIn,
  existing: UserRow,
): Promise<{ linkToken: string }> {
  const { identity, checks, sessionNotOnOrAfter, attributes, samlSubject } = verified
  const expected = 'an identity that this connection knows, or an e-mail address that nobody has'
  checks.push(check('account', 'Account', false, expected, `${identity.email}, who has an account already`))
  const facts = { checks, email: identity.email, userId: existing.id, attributes }
  await recordRefusal(ctx, tx, connection, 'ACCOUNT_EXISTS', facts)
  const now = ctx.clock.now()
  const token = randomSecret()
  await insertPendingLink(tx, {
    id: createId('lnk', now),
    tokenHash: sha256(token),
    connectionId: connection.id,
    userId: existing.id,
    browserBindingHash: way.browserBindingHash,
    subject: identity.subject,
    issuer: verified.issuer,
    returnPath: way.returnPath,
    sessionNotOnOrAfter: sessionNotOnOrAfter === null ? null : new Date(sessionNotOnOrAfter),
    samlSubject,
    attributes,
    createdAt: now,
    expiresAt: plus(now, linkLifetime),
  })
  return { linkToken: token }
}
