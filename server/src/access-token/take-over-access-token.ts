import { authorizeOwned, authorizeWithin, findGrant } from '../access/authorize.ts'
import type { Grant } from '../access/grant.ts'
import { covers, type RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { roleOfRow } from '../access/role.store.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { forbidden, notFound } from '../core/errors.ts'
import type { Tx } from '../db/client.ts'
import { lockOrganization } from '../organization/organization.store.ts'
import { type AccessTokenRow, findAccessToken, listAccessTokensOf, setAccessTokenMaker } from './access-token.store.ts'
import { type AccessTokenView, viewAccessToken } from './list-access-tokens.ts'

/** Nobody answers for what allows more than they do, and no token takes over another: its leak would outlive it. */
function whyNot(ctx: RequestContext, grant: Grant, role: RoleDefinition): string | null {
  if (ctx.actor.kind !== 'user') return 'Access tokens are taken over by people: sign in and do it in the console.'
  return covers(grant.role, role) ? null : 'This token’s role allows more than yours. Ask an organization owner.'
}

/** Whether the actor may become the one who answers for the token; not when they are already. */
export async function mayTakeOver(ctx: RequestContext, token: AccessTokenView): Promise<boolean> {
  const grant = await findGrant(ctx, token.organizationId)
  if (grant === null || !grant.role.permissions.includes('accessToken:manage')) return false
  const isOwn = ctx.actor.kind === 'user' && ctx.actor.userId === token.createdByUserId
  return !isOwn && whyNot(ctx, grant, token.role) === null
}

async function store(ctx: RequestContext, tx: Tx, row: AccessTokenRow): Promise<void> {
  if (ctx.actor.kind !== 'user' || row.createdByUserId === ctx.actor.userId) return
  const { id: accessTokenId, name, organizationId } = row
  await setAccessTokenMaker(tx, row, ctx.actor.userId)
  const details = { accessTokenId, name, from: row.createdBy.email, to: ctx.actor.email }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'accessToken.takenOver', details })
}

/**
 * The actor becomes the one who answers for the token: from now on it does no more than they may do, and it stays when
 * whoever made it leaves. Its secret stays the same, and whoever knows it still does.
 * @throws NOT_FOUND, FORBIDDEN, also to an access token
 */
export async function takeOverAccessToken(ctx: RequestContext, accessTokenId: string): Promise<AccessTokenView> {
  const found = await findAccessToken(ctx.db, accessTokenId)
  const { organizationId } = (await authorizeOwned(ctx, 'accessToken:manage', 'access token', found)).row
  const row = await ctx.db.transaction(async (tx) => {
    // Neither is removed meanwhile.
    await lockOrganization(tx, organizationId)
    const grant = await authorizeWithin(ctx, tx, 'accessToken:manage', organizationId)
    const before = await findAccessToken(tx, accessTokenId)
    if (before === null) throw notFound('access token')
    const refusal = whyNot(ctx, grant, roleOfRow(before.role, before.customRole))
    if (refusal !== null) throw forbidden('accessToken:manage', refusal)
    await store(ctx, tx, before)
    return findAccessToken(tx, accessTokenId)
  })
  if (row === null) throw new Error('the access token is gone in the transaction that changed it')
  return viewAccessToken(row)
}

/** Those of a member who is being removed, as far as the actor may; what is left is revoked. @throws FORBIDDEN */
export async function takeOverTokensOfMember(ctx: RequestContext, tx: Tx, grant: Grant, userId: string): Promise<void> {
  if (!grant.role.permissions.includes('accessToken:manage')) throw forbidden('accessToken:manage')
  for (const row of await listAccessTokensOf(tx, grant.organizationId, [userId])) {
    const refusal = whyNot(ctx, grant, roleOfRow(row.role, row.customRole))
    if (refusal !== null) throw forbidden('accessToken:manage', `${row.name}: ${refusal}`)
    await store(ctx, tx, row)
  }
}
