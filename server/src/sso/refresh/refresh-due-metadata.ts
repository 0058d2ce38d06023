import { bySystem } from '../../audit/record-audit-event.ts'
import { minutes, plus } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import { type CheckContext, checkMetadata } from './check-metadata.ts'
import { claimDueRefresh, scheduleForgotten } from './metadata-refresh.store.ts'

/** How long whoever took a check may need for it. */
const lease = minutes(10)
const atOnce = 4

/** Checks all metadata that is due. Safe to run on several replicas at once: each check is made by one of them. */
export async function refreshDueMetadata(ctx: CheckContext & { log: Log; stopping: AbortSignal }): Promise<void> {
  await scheduleForgotten(ctx.db, ctx.clock.now())
  const work = async (): Promise<void> => {
    if (ctx.stopping.aborted) return
    const now = ctx.clock.now()
    const connectionId = await claimDueRefresh(ctx.db, now, plus(now, lease))
    if (connectionId === null) return
    await checkMetadata(ctx, connectionId, bySystem).catch((err: unknown) =>
      ctx.log.error({ err, connectionId }, 'metadata could not be checked'),
    )
    await work()
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
