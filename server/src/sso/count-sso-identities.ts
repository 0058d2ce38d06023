import { authorize } from '../access/authorize.ts'
import { loadTogether } from '../access/load-together.ts'
import type { RequestContext } from '../access/request-context.ts'
import { countIdentities } from './sso-identity.store.ts'

/** How many people the connection recognizes by their subject. @throws NOT_FOUND, FORBIDDEN */
export async function countSsoIdentities(
  ctx: RequestContext,
  connection: { id: string; organizationId: string },
): Promise<number> {
  await authorize(ctx, 'sso:read', connection.organizationId)
  const readAll = (ids: string[]) => countIdentities(ctx.db, ids)
  return (await loadTogether(ctx, 'number of identities', connection.id, readAll)) ?? 0
}
