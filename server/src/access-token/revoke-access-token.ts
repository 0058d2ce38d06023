import { authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { notFound } from '../core/errors.ts'
import { deleteAccessToken, findAccessToken } from './access-token.store.ts'

/** Revokes a token: it counts for nothing from the next request on. @returns its id. @throws NOT_FOUND, FORBIDDEN */
export async function revokeAccessToken(ctx: RequestContext, accessTokenId: string): Promise<string> {
  const found = await findAccessToken(ctx.db, accessTokenId)
  const { row } = await authorizeOwned(ctx, 'accessToken:manage', 'access token', found)
  await ctx.db.transaction(async (tx) => {
    if (!(await deleteAccessToken(tx, row.organizationId, accessTokenId))) throw notFound('access token')
    const details = { accessTokenId, name: row.name }
    await recordAuditEvent(ctx, tx, row.organizationId, { type: 'accessToken.revoked', details })
  })
  return accessTokenId
}
