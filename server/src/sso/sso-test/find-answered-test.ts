import type { RequestContext } from '../../access/request-context.ts'
import type { TestRequest } from '../login/sign-in-refusal.ts'
import { findAuthnRequest } from '../login/sign-in-state.store.ts'
import { looksLikeTest } from '../saml/authn-request.ts'
import { peekInResponseTo } from '../saml/peek-in-response-to.ts'

/** The test that a request of ours belongs to. */
export const testOf = (request: { id: string; testId: string | null } | null): TestRequest | null =>
  request === null || request.testId === null ? null : { testId: request.testId, requestId: request.id }

/**
 * The test that a response says it answers, so that a refusal, too, shows where the test was started. Nothing is
 * verified yet, and whoever knows the request's ID can say so: it decides what is shown, and lets nobody in.
 */
export async function findAnsweredTest(
  ctx: RequestContext,
  connectionId: string,
  samlResponse: unknown,
): Promise<TestRequest | null> {
  const requestId = typeof samlResponse === 'string' ? peekInResponseTo(samlResponse) : null
  if (requestId === null || !looksLikeTest(requestId)) return null
  return testOf(await findAuthnRequest(ctx.db, connectionId, requestId))
}
