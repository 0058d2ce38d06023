import { requireActor } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { type AccessTokenView, findViewerAccessToken } from '../access-token/list-access-tokens.ts'
import { findUser, type UserRow } from '../user/user.store.ts'

/** Who is asking. @throws UNAUTHENTICATED when nobody is */
export async function getViewer(
  ctx: RequestContext,
): Promise<{ user: UserRow | null; accessToken: AccessTokenView | null }> {
  const actor = requireActor(ctx)
  const user = actor.kind === 'user' ? await findUser(ctx.db, actor.userId) : null
  return { user, accessToken: await findViewerAccessToken(ctx) }
}
