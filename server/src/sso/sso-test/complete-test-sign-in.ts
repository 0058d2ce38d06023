import { describeActor } from '../../access/actor.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { createId } from '../../core/ids.ts'
import type { Tx } from '../../db/client.ts'
import { markVerified } from '../login/mark-verified.ts'
import { type Refusal, recordRefusal, type TestRequest } from '../login/sign-in-refusal.ts'
import type { VerifiedSignIn } from '../login/verified-sign-in.ts'
import { check } from '../protocol/sign-in-check.ts'
import { findRoleVerdict } from '../roles/find-role-verdict.ts'
import { insertSignInAttempt } from '../sign-in-attempt.store.ts'
import { foreseeSignIn } from '../simulate/foresee-sign-in.ts'
import type { SsoConnectionRow } from '../sso-connection.store.ts'
import { findSsoTest, setSsoTestRevision } from './sso-test.store.ts'

/**
 * The end of a test that passed every check of a sign-in. It says what a sign-in would do now, and does none of it: no
 * user, identity, membership or session is made, and no session ends. It verifies the connection when the settings are
 * still those that it began with.
 */
export async function completeTestSignIn(
  ctx: RequestContext,
  tx: Tx,
  connection: SsoConnectionRow,
  test: TestRequest,
  { checks, identity, issuer, attributes }: VerifiedSignIn,
): Promise<{ tested: { attemptId: string } } | { refusal: Refusal }> {
  const { testId } = test
  const started = await findSsoTest(tx, testId)
  const current = started?.revision === connection.revision
  const actual = current ? 'unchanged' : 'the connection was changed meanwhile'
  checks.push(check('settings', 'Settings', current, 'those that the test began with', actual))
  if (!current) {
    const facts = { checks, email: identity.email, attributes, test }
    return { refusal: await recordRefusal(ctx, tx, connection, 'TEST_OUTDATED', facts) }
  }
  const verdict = await findRoleVerdict(tx, connection, attributes)
  const { sentence, account, user, membership } = await foreseeSignIn(
    tx,
    connection,
    identity,
    verdict,
    ctx.clock.now(),
  )
  // Neither of an account that nobody proved to be theirs yet, nor of people whom the organization does not know.
  const userId = account === 'ASKED_TO_PROVE' || membership === null ? null : (user?.id ?? null)
  checks.push(check('outcome', 'What a sign-in would do', true, null, sentence))
  const at = ctx.clock.now()
  const attemptId = createId('att', at)
  const { id: connectionId, organizationId, name } = connection
  const { email } = identity
  const attempt = { id: attemptId, connectionId, at, email, userId, checks, testId, attributes }
  await insertSignInAttempt(tx, { ...attempt, succeeded: true, failureReason: null, advice: null })
  const details = { connectionId, name, testId, attemptId, email }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'ssoTest.succeeded', details })
  const revision = await markVerified(ctx, tx, connection, issuer, describeActor(ctx.actor))
  if (revision !== connection.revision) await setSsoTestRevision(tx, testId, revision)
  return { tested: { attemptId } }
}
