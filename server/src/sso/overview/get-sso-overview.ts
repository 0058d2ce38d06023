import { authorize } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { days, plus } from '../../core/clock.ts'
import { type SsoConnectionView, viewConnection } from '../connection-view.ts'
import { type SignInAttemptView, viewAttempt } from '../list-sign-in-attempts.ts'
import { pageSignInAttempts } from '../sign-in-attempt.store.ts'
import { listConnections } from '../sso-connection.store.ts'
import { countMembersWithoutSso, countSignInsSince, findLastSignIns } from './overview.store.ts'

/** Where members without single sign-on stop to be counted. */
const mostCounted = 1000
/** How many of the latest attempts are shown. */
const shownAttempts = 10

export type ConnectionHealth = {
  connection: SsoConnectionView
  lastSignInAt: Date | null
  /** In the last seven days. */
  succeeded: number
  refused: number
}

export type SsoOverview = {
  connections: ConnectionHealth[]
  recentAttempts: SignInAttemptView[]
  organizationId: string
}

/** How single sign-on fares in the organization. As many statements however many connections there are. @throws NOT_FOUND, FORBIDDEN */
export async function getSsoOverview(ctx: RequestContext, organizationId: string): Promise<SsoOverview> {
  const grant = await authorize(ctx, 'sso:read', organizationId)
  const rows = await listConnections(ctx.db, organizationId)
  const ids = rows.map(({ id }) => id)
  const page = { size: shownAttempts, cursor: null, direction: 'forward' } as const
  const [counts, last, pages] = await Promise.all([
    countSignInsSince(ctx.db, ids, plus(ctx.clock.now(), -days(7))),
    findLastSignIns(ctx.db, ids),
    pageSignInAttempts(ctx.db, ids, page),
  ])
  const attempts = [...pages.values()].flat().toSorted((one, other) => (one.id < other.id ? 1 : -1))
  return {
    connections: rows.map((row) => ({
      connection: viewConnection(ctx, row),
      lastSignInAt: last.get(row.id) ?? null,
      ...(counts.get(row.id) ?? { succeeded: 0, refused: 0 }),
    })),
    recentAttempts: attempts.slice(0, shownAttempts).map((row) => viewAttempt(row, grant)),
    organizationId,
  }
}

/** Members whom no connection knows, suspended ones aside; 1,000 at most. Of a million it takes half a second. @throws NOT_FOUND, FORBIDDEN */
export async function getMembersWithoutSso(ctx: RequestContext, { organizationId }: SsoOverview): Promise<number> {
  await authorize(ctx, 'sso:read', organizationId)
  return countMembersWithoutSso(ctx.db, organizationId, mostCounted)
}
