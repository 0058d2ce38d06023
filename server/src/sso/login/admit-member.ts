import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { createId } from '../../core/ids.ts'
import type { Tx } from '../../db/client.ts'
import { provisionMember } from '../../membership/provision-member.ts'
import { createSession, type NewSession } from '../../session/create-session.ts'
import type { UserRow } from '../../user/user.store.ts'
import { confirmEnforcement } from '../enforcement/confirm-enforcement.ts'
import { wasEndedByIdp } from '../logout/ended-session.ts'
import { check } from '../protocol/sign-in-check.ts'
import { checkRole } from '../roles/check-role.ts'
import { findRoleVerdict } from '../roles/find-role-verdict.ts'
import { insertSignInAttempt } from '../sign-in-attempt.store.ts'
import type { SsoConnectionRow } from '../sso-connection.store.ts'
import { markVerified } from './mark-verified.ts'
import { type Refusal, recordRefusal } from './sign-in-refusal.ts'
import type { VerifiedSignIn } from './verified-sign-in.ts'

export type Admitted = { returnPath: string; user: UserRow; session: NewSession }

/** Membership, session, records: the person is known and comes in, unless they are suspended. */
export async function admitMember(
  ctx: RequestContext,
  tx: Tx,
  {
    connection,
    user,
    returnPath,
    verified,
  }: {
    connection: SsoConnectionRow
    user: UserRow
    returnPath: string
    verified: Pick<
      VerifiedSignIn,
      'checks' | 'identity' | 'issuer' | 'sessionNotOnOrAfter' | 'attributes' | 'samlSubject'
    >
  },
): Promise<{ done: Admitted } | { refusal: Refusal }> {
  const { checks, identity, sessionNotOnOrAfter, attributes, samlSubject } = verified
  const now = ctx.clock.now()
  const by = { actor: user.email, actorId: user.id }
  const organizationId = connection.organizationId
  if (samlSubject !== null && (await wasEndedByIdp(tx, connection.id, samlSubject))) {
    checks.push(check('logout', 'Not logged out meanwhile', false, 'an open session at the identity provider', 'ended'))
    const facts = { checks, email: identity.email, userId: user.id, attributes }
    return { refusal: await recordRefusal(ctx, tx, connection, 'SESSION_ENDED_BY_IDP', facts) }
  }
  const verdict = await findRoleVerdict(tx, connection, attributes)
  const membership = await provisionMember(ctx, tx, { organizationId, user, now, verdict })
  const joinedAs = membership.decision?.role.name ?? 'Organization Member'
  const actual = membership.suspended
    ? 'suspended'
    : membership.created
      ? `joined just now, as ${joinedAs}`
      : 'a member'
  checks.push(check('membership', 'Membership', !membership.suspended, 'a member who is not suspended', actual))
  if (membership.suspended) {
    const facts = { checks, email: identity.email, userId: user.id, attributes }
    return { refusal: await recordRefusal(ctx, tx, connection, 'MEMBER_SUSPENDED', facts) }
  }
  if (membership.decision !== null) checks.push(checkRole(membership.decision))
  const notOnOrAfter = sessionNotOnOrAfter === null ? null : new Date(sessionNotOnOrAfter)
  const session = await createSession(ctx, tx, { userId: user.id, connection, notOnOrAfter, samlSubject })
  const attemptId = createId('att', now)
  const attempt = {
    id: attemptId,
    connectionId: connection.id,
    at: now,
    email: identity.email,
    userId: user.id,
    checks,
    testId: null,
    attributes,
  }
  await insertSignInAttempt(tx, { ...attempt, succeeded: true, failureReason: null, advice: null })
  const details = { method: 'sso', email: user.email, attemptId } as const
  await recordAuditEvent(ctx, tx, organizationId, { type: 'signIn.succeeded', details }, by)
  await markVerified(ctx, tx, connection, verified.issuer, by)
  await confirmEnforcement(ctx, tx, connection, user)
  return { done: { returnPath, user, session } }
}
