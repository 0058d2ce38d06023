import type { RequestContext } from '../../access/request-context.ts'
import type { Tx } from '../../db/client.ts'
import { check } from '../protocol/sign-in-check.ts'
import type { SsoConnectionRow } from '../sso-connection.store.ts'
import { type Admitted, admitMember } from './admit-member.ts'
import { askToLink, type Way } from './ask-to-link.ts'
import { resolveUser } from './resolve-user.ts'
import { type Refusal, recordRefusal } from './sign-in-refusal.ts'
import type { VerifiedSignIn } from './verified-sign-in.ts'

/** What came of a sign-in inside its transaction. */
export type Outcome = { done: Admitted } | { linkToken: string } | { refusal: Refusal }

/** Where the browser goes next, or why it may not. */
export type Completion = { redirectPath: string } | { refusal: Refusal }

/** Lets the person in whom the identity provider means, or asks them to prove that an existing account is theirs. */
export async function admitIdentity(
  ctx: RequestContext,
  tx: Tx,
  { connection, way, verified }: { connection: SsoConnectionRow; way: Way; verified: VerifiedSignIn },
): Promise<Outcome> {
  const { identity, checks, attributes } = verified
  const resolved = await resolveUser(ctx, tx, connection, identity, checks)
  if ('reason' in resolved) {
    const expected = 'an address in a domain that no other organization has proved'
    checks.push(check('account', 'Account', false, expected, identity.email))
    const facts = { checks, email: identity.email, attributes }
    return { refusal: await recordRefusal(ctx, tx, connection, resolved.reason, facts) }
  }
  if ('existing' in resolved) return askToLink(ctx, tx, connection, way, verified, resolved.existing)
  return admitMember(ctx, tx, { connection, user: resolved.user, returnPath: way.returnPath, verified })
}
