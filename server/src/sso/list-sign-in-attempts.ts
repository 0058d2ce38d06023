import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { Grant } from '../access/grant.ts'
import { loadTogether } from '../access/load-together.ts'
import type { RequestContext } from '../access/request-context.ts'
import { notFound } from '../core/errors.ts'
import { type Connection, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import type { AssertedAttribute } from '../db/schema/sign-in-attempts.ts'
import { findUsers, type UserRow } from '../user/user.store.ts'
import type { SsoConnectionView } from './connection-view.ts'
import { getSsoConnection } from './manage-sso-connection.ts'
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
  const page = parsePage(args, 'att')
  const { id } = connection
  const readPages = (ids: string[]) => pageSignInAttempts(ctx.db, ids, page)
  const rows = (await loadTogether(ctx, `attempts ${JSON.stringify(page)}`, id, readPages)) ?? []
  const readCounts = (ids: string[]) => countSignInAttempts(ctx.db, ids)
  return toConnection(
    rows,
    page,
    (row) => viewAttempt(row, grant),
    async () => (await loadTogether(ctx, 'number of attempts', id, readCounts)) ?? 0,
  )
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getSignInAttempt(ctx: RequestContext, id: string): Promise<SignInAttemptView> {
  const found = await findSignInAttempt(ctx.db, id)
  const { row, grant } = await authorizeOwned(ctx, 'sso:read', 'sign-in attempt', found)
  return viewAttempt(row, grant)
}

/** The person, once they were known; the caller may see the attempt. */
export async function getUserOfAttempt(ctx: RequestContext, { userId }: SignInAttemptView): Promise<UserRow | null> {
  if (userId === null) return null
  return (await loadTogether(ctx, 'users', userId, (ids) => findUsers(ctx.db, ids))) ?? null
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getConnectionOfAttempt(
  ctx: RequestContext,
  { connectionId }: SignInAttemptView,
): Promise<SsoConnectionView> {
  // All attempts of a list are one connection's.
  const readAll = async (ids: string[]) =>
    new Map(await Promise.all(ids.map(async (id) => [id, await getSsoConnection(ctx, id)] as const)))
  const connection = await loadTogether(ctx, 'connections of attempts', connectionId, readAll)
  if (connection === undefined) throw notFound('SSO connection')
  return connection
}
