import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { createId } from '../../core/ids.ts'
import type { Tx } from '../../db/client.ts'
import { provisionMember } from '../../membership/provision-member.ts'
import { createSession, type NewSession } from '../../session/create-session.ts'
import type { UserRow } from '../../user/user.store.ts'
import { wasEndedByIdp } from '../logout/ended-session.ts'
import { check } from '../saml/sign-in-check.ts'
import { insertSignInAttempt } from '../sign-in-attempt.store.ts'
import { type SamlConnectionRow, updateSamlConnection } from '../sso-connection.store.ts'
import type { VerifiedSignIn } from './receive-response.ts'
import { type Refusal, recordRefusal } from './sign-in-refusal.ts'

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
    connection: SamlConnectionRow
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
  const membership = await provisionMember(ctx, tx, { organizationId, user, now })
  const actual = membership.suspended
    ? 'suspended'
    : membership.created
      ? 'joined just now, as Organization Member'
      : 'a member'
  checks.push(check('membership', 'Membership', !membership.suspended, 'a member who is not suspended', actual))
  if (membership.suspended) {
    const facts = { checks, email: identity.email, userId: user.id, attributes }
    return { refusal: await recordRefusal(ctx, tx, connection, 'MEMBER_SUSPENDED', facts) }
  }
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
  return { done: { returnPath, user, session } }
}

/** The first success verifies the connection, and pins the Issuer when it was unknown so far. @returns its revision */
export async function markVerified(
  ctx: RequestContext,
  tx: Tx,
  connection: SamlConnectionRow,
  issuer: string,
  by: { actor: string; actorId: string | null },
): Promise<number> {
  if (connection.verifiedAt !== null && connection.idpEntityId !== null) return connection.revision
  const now = ctx.clock.now()
  const learned = connection.idpEntityId === null
  const revision = connection.revision + (learned ? 1 : 0)
  await updateSamlConnection(tx, {
    ...connection,
    idpEntityId: connection.idpEntityId ?? issuer,
    verifiedAt: connection.verifiedAt ?? now,
    revision,
    updatedAt: now,
  })
  const details = { connectionId: connection.id, name: connection.name }
  if (learned) {
    const changed = ['idpEntityId']
    await recordAuditEvent(
      ctx,
      tx,
      connection.organizationId,
      { type: 'ssoConnection.updated', details: { ...details, changed } },
      by,
    )
  }
  if (connection.verifiedAt === null) {
    await recordAuditEvent(ctx, tx, connection.organizationId, { type: 'ssoConnection.verified', details }, by)
  }
  return revision
}
