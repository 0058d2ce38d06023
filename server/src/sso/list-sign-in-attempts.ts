import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { Grant } from '../access/grant.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type Connection, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import type { AssertedAttribute } from '../db/schema/sign-in-attempts.ts'
import { notReachedChecks } from './protocol/check-order.ts'
import type { FixedBy } from './protocol/failure.ts'
import { failureOf } from './protocol/sign-in-failure.ts'
import {
  countSignInAttempts,
  findSignInAttempt,
  pageSignInAttempts,
  type SignInAttemptRow,
} from './sign-in-attempt.store.ts'

type AttributeView = { name: string; friendlyName: string | null; values: string[] | null; usedFor: string[] }

/** An attempt as the API shows it: with the words that belong to its failure reason. */
export type SignInAttemptView = Omit<SignInAttemptRow, 'attributes'> & {
  message: string | null
  fixedBy: FixedBy | null
  test: boolean
  foreseen: string | null
  notReached: string[]
  attributes: AttributeView[] | null
}

/**
 * What people are called, where they work, in which groups they are: an identity provider may send anything. Only who
 * manages the connection needs the values.
 */
function viewAttributes({ attributes }: SignInAttemptRow, grant: Grant | null): AttributeView[] | null {
  const all = grant?.role.permissions.includes('sso:manage') ?? false
  const view = ({ usedFor, values, ...named }: AssertedAttribute) => ({
    ...named,
    values: all ? values : null,
    usedFor: usedFor.map((use) => use.toUpperCase()),
  })
  return attributes?.map(view) ?? null
}

/** @param grant of whoever looks; null shows no attribute's values. */
export function viewAttempt(row: SignInAttemptRow, grant: Grant | null): SignInAttemptView {
  const shown = { ...row, test: row.testId !== null, attributes: viewAttributes(row, grant) }
  if (row.failureReason === null) {
    const foreseen = row.checks.find(({ name }) => name === 'outcome')?.actual ?? null
    return { ...shown, foreseen, notReached: [], message: null, fixedBy: null }
  }
  const { publicMessage, fixedBy, advice } = failureOf(row.failureReason)
  const notReached = notReachedChecks(row.checks)
  return { ...shown, foreseen: null, notReached, message: publicMessage, fixedBy, advice: row.advice ?? advice }
}

/** Every attempt through the connection, refused ones included, newest first. @throws NOT_FOUND, FORBIDDEN */
export async function listSignInAttempts(
  ctx: RequestContext,
  connection: { id: string; organizationId: string },
  args: PageArguments,
): Promise<Connection<SignInAttemptView>> {
  const grant = await authorize(ctx, 'sso:read', connection.organizationId)
  const page = parsePage(args)
  const rows = await pageSignInAttempts(ctx.db, connection.id, page)
  return toConnection(
    rows,
    page,
    (row) => viewAttempt(row, grant),
    () => countSignInAttempts(ctx.db, connection.id),
  )
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getSignInAttempt(ctx: RequestContext, id: string): Promise<SignInAttemptView> {
  const found = await findSignInAttempt(ctx.db, id)
  const { row, grant } = await authorizeOwned(ctx, 'sso:read', 'sign-in attempt', found)
  return viewAttempt(row, grant)
}
