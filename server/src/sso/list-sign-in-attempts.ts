import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type Connection, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import { notReachedChecks } from './saml/check-order.ts'
import { type FixedBy, failureOf } from './saml/saml-failure.ts'
import {
  countSignInAttempts,
  findSignInAttempt,
  pageSignInAttempts,
  type SignInAttemptRow,
} from './sign-in-attempt.store.ts'

/** An attempt as the API shows it: with the words that belong to its failure reason. */
export type SignInAttemptView = SignInAttemptRow & {
  message: string | null
  fixedBy: FixedBy | null
  test: boolean
  foreseen: string | null
  notReached: string[]
}

export function viewAttempt(row: SignInAttemptRow): SignInAttemptView {
  const test = row.testId !== null
  if (row.failureReason === null) {
    const foreseen = row.checks.find(({ name }) => name === 'outcome')?.actual ?? null
    return { ...row, test, foreseen, notReached: [], message: null, fixedBy: null }
  }
  const { publicMessage, fixedBy, advice } = failureOf(row.failureReason)
  const notReached = notReachedChecks(row.checks)
  return { ...row, test, foreseen: null, notReached, message: publicMessage, fixedBy, advice: row.advice ?? advice }
}

/** Every attempt through the connection, refused ones included, newest first. @throws NOT_FOUND, FORBIDDEN */
export async function listSignInAttempts(
  ctx: RequestContext,
  connection: { id: string; organizationId: string },
  args: PageArguments,
): Promise<Connection<SignInAttemptView>> {
  await authorize(ctx, 'sso:read', connection.organizationId)
  const page = parsePage(args)
  const rows = await pageSignInAttempts(ctx.db, connection.id, page)
  return toConnection(rows, page, viewAttempt, () => countSignInAttempts(ctx.db, connection.id))
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getSignInAttempt(ctx: RequestContext, id: string): Promise<SignInAttemptView> {
  const found = await findSignInAttempt(ctx.db, id)
  const { row } = await authorizeOwned(ctx, 'sso:read', 'sign-in attempt', found)
  return viewAttempt(row)
}
