import { authorize } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { countIdentities } from './sso-identity.store.ts'

/** How many people the connection recognizes by their subject. @throws NOT_FOUND, FORBIDDEN */
export async function countSsoIdentities(
  ctx: RequestContext,
  connection: { id: string; organizationId: string },
): Promise<number> {
  await authorize(ctx, 'sso:read', connection.organizationId)
  return countIdentities(ctx.db, connection.id)
}
