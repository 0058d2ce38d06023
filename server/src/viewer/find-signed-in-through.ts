import { requireActor } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { findConnectionNameOfSession } from '../sso/front-door/entrance.store.ts'

/** The name of the connection that the session was made through; null for a password or token. @throws UNAUTHENTICATED */
export async function findSignedInThrough(ctx: RequestContext): Promise<string | null> {
  const actor = requireActor(ctx)
  return actor.kind === 'user' ? findConnectionNameOfSession(ctx.db, actor.sessionId) : null
}
