import type { RequestContext } from '../../access/request-context.ts'
import type { AuditEventInput } from '../../audit/audit-event.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { createId } from '../../core/ids.ts'
import type { Tx } from '../../db/client.ts'
import type { AssertedAttribute } from '../../db/schema/sign-in-attempts.ts'
import type { SignInCheck } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { insertSignInAttempt } from '../sign-in-attempt.store.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'

/** What came of one step: go on with a value, or a refusal with everything to show for it. */
export type Refusal = {
  reason: SignInFailureReason
  /** Shown to the person: the attempt's id, or the request's when there was no connection to record it at. */
  reference: string
  /** The connection to try again through; null when there is none. */
  connectionId: string | null
  /** The test sign-in that was refused, which ends on a page of its own. */
  test?: TestRequest | null
}

/** A test sign-in and the AuthnRequest it was made with; null when it did not get as far. */
export type TestRequest = { testId: string; requestId: string | null }

export type AttemptFacts = {
  checks: SignInCheck[]
  /** Instead of the reason's own advice. */
  advice?: string | null
  email?: string | null
  /** What the identity provider said about the person, once its signature held. */
  attributes?: AssertedAttribute[] | null
  userId?: string | null
  test?: TestRequest | null
}

/** Records a refused attempt, with its audit event, in the transaction given. */
export async function recordRefusal(
  ctx: RequestContext,
  tx: Tx,
  connection: ConnectionRow,
  reason: SignInFailureReason,
  facts: AttemptFacts,
): Promise<Refusal> {
  const at = ctx.clock.now()
  const id = createId('att', at)
  await insertSignInAttempt(tx, {
    id,
    connectionId: connection.id,
    at,
    succeeded: false,
    failureReason: reason,
    advice: facts.advice ?? null,
    userId: facts.userId ?? null,
    email: facts.email ?? null,
    checks: facts.checks,
    testId: facts.test?.testId ?? null,
    attributes: facts.attributes ?? null,
  })
  await recordAuditEvent(ctx, tx, connection.organizationId, refusalEvent(connection, reason, id, facts))
  return { reason, reference: id, connectionId: connection.id, test: facts.test ?? null }
}

function refusalEvent(
  { id: connectionId, name }: ConnectionRow,
  reason: SignInFailureReason,
  attemptId: string,
  { email, test }: AttemptFacts,
): AuditEventInput {
  const facts = { reason, attemptId, connectionId, ...(email ? { email } : {}) }
  return test
    ? { type: 'ssoTest.refused', details: { ...facts, name, testId: test.testId } }
    : { type: 'signIn.refused', details: { ...facts, method: 'sso' } }
}

/** The same in a transaction of its own. */
export function refuse(
  ctx: RequestContext,
  connection: ConnectionRow,
  reason: SignInFailureReason,
  facts: AttemptFacts = { checks: [] },
): Promise<Refusal> {
  return ctx.db.transaction((tx) => recordRefusal(ctx, tx, connection, reason, facts))
}
