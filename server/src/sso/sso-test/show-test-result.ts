import type { RequestContext } from '../../access/request-context.ts'
import { explainWhereToFix } from '../explain-attempt.ts'
import { viewAttempt } from '../list-sign-in-attempts.ts'
import { findSignInRequest } from '../login/find-sign-in-request.ts'
import { isBoundBrowser } from '../login/request-cookie.ts'
import { findSignInAttempt } from '../sign-in-attempt.store.ts'
import { findConnection } from '../sso-connection.store.ts'
import { testResultPage, testResultPageForOthers } from './test-result-page.ts'

/** Where a test ends, whatever came of it. */
export const testResultPath = (attemptId: string, requestId: string): string =>
  `/sso/test-result?attempt=${encodeURIComponent(attemptId)}&request=${encodeURIComponent(requestId)}`

/**
 * The result of a test sign-in as a page. Only the browser that made the request is shown what came of it: its cookie
 * says so, which came with this same-site GET. Every other one learns that there was a test.
 */
export async function showTestResult(ctx: RequestContext, attemptId: unknown, requestId: unknown): Promise<string> {
  const attempt = typeof attemptId === 'string' ? await findSignInAttempt(ctx.db, attemptId) : null
  if (attempt === null || attempt.testId === null) return testResultPageForOthers()
  const request = await findSignInRequest(ctx.db, attempt.connectionId, requestId)
  const isTesters = request?.testId === attempt.testId && isBoundBrowser(ctx, request.browserBindingHash)
  if (!isTesters) return testResultPageForOthers()
  const connection = await findConnection(ctx.db, attempt.connectionId)
  const shown = viewAttempt(attempt, null)
  const verified = connection !== null && connection.verifiedAt !== null
  return testResultPage(shown, { verified, whereToFix: await explainWhereToFix(ctx, shown) })
}
