import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { roleOfRow } from '../access/role.store.ts'
import { type Connection, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import { type AccessTokenRow, countAccessTokens, findAccessToken, pageAccessTokens } from './access-token.store.ts'

/** A token as the API shows it. */
export type AccessTokenView = Omit<AccessTokenRow, 'role' | 'customRole'> & { role: RoleDefinition }

export const viewAccessToken = ({ customRole, ...row }: AccessTokenRow): AccessTokenView => ({
  ...row,
  role: roleOfRow(row.role, customRole),
})

/** The organization's tokens, expired ones included, newest first. @throws NOT_FOUND, FORBIDDEN */
export async function listAccessTokens(
  ctx: RequestContext,
  organizationId: string,
  args: PageArguments,
): Promise<Connection<AccessTokenView>> {
  await authorize(ctx, 'accessToken:read', organizationId)
  const page = parsePage(args)
  const rows = await pageAccessTokens(ctx.db, organizationId, page)
  return toConnection(rows, page, viewAccessToken, () => countAccessTokens(ctx.db, organizationId))
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getAccessToken(ctx: RequestContext, id: string): Promise<AccessTokenView> {
  const { row } = await authorizeOwned(ctx, 'accessToken:read', 'access token', await findAccessToken(ctx.db, id))
  return viewAccessToken(row)
}

/** The token that asks; null when a person does. */
export async function findViewerAccessToken(ctx: RequestContext): Promise<AccessTokenView | null> {
  if (ctx.actor.kind !== 'accessToken') return null
  const row = await findAccessToken(ctx.db, ctx.actor.accessTokenId)
  return row && viewAccessToken(row)
}
