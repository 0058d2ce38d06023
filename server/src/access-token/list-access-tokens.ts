import { authorize, authorizeOwned, findGrant } from '../access/authorize.ts'
import { loadTogether } from '../access/load-together.ts'
import type { RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { roleOfRow } from '../access/role.store.ts'
import { type Connection, type PageArguments, parsePage, toConnection } from '../core/pagination.ts'
import {
  type AccessTokenRow,
  countAccessTokens,
  findAccessToken,
  listAccessTokensOf,
  pageAccessTokens,
} from './access-token.store.ts'

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
  const page = parsePage(args, 'tok')
  const rows = await pageAccessTokens(ctx.db, organizationId, page)
  return toConnection(rows, page, viewAccessToken, () => countAccessTokens(ctx.db, organizationId))
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getAccessToken(ctx: RequestContext, id: string): Promise<AccessTokenView> {
  const { row } = await authorizeOwned(ctx, 'accessToken:read', 'access token', await findAccessToken(ctx.db, id))
  return viewAccessToken(row)
}

/** What a member answers for, for those who may see tokens; else null. The actor may see the membership. */
export async function listAccessTokensOfMember(
  ctx: RequestContext,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<AccessTokenView[] | null> {
  const grant = await findGrant(ctx, organizationId)
  if (grant === null || !grant.role.permissions.includes('accessToken:read')) return null
  const readAll = async (userIds: string[]) => {
    const tokens = new Map<string, AccessTokenView[]>()
    for (const row of await listAccessTokensOf(ctx.db, organizationId, userIds)) {
      tokens.set(row.createdByUserId, [...(tokens.get(row.createdByUserId) ?? []), viewAccessToken(row)])
    }
    return tokens
  }
  return (await loadTogether(ctx, `tokens of members ${organizationId}`, userId, readAll)) ?? []
}

/** The token that asks; null when a person does. */
export async function findViewerAccessToken(ctx: RequestContext): Promise<AccessTokenView | null> {
  if (ctx.actor.kind !== 'accessToken') return null
  const row = await findAccessToken(ctx.db, ctx.actor.accessTokenId)
  return row && viewAccessToken(row)
}
