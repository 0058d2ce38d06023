import { bySystem } from '../audit/record-audit-event.ts'
import { minutes, plus } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { checkDomain, type DomainCheckContext } from './check-domain.ts'
import { claimDueDomain } from './domain.store.ts'

/** How long whoever took a check may need for it. */
const lease = minutes(5)
const atOnce = 4

/** Looks up all domains that are due. Safe to run on several replicas at once: each is looked up by one of them. */
export async function checkDueDomains(ctx: DomainCheckContext & { log: Log; stopping: AbortSignal }): Promise<void> {
  const work = async (): Promise<void> => {
    if (ctx.stopping.aborted) return
    const now = ctx.clock.now()
    const id = await claimDueDomain(ctx.db, now, plus(now, lease))
    if (id === null) return
    await checkDomain(ctx, id, bySystem).catch((err: unknown) =>
      ctx.log.error({ err, domainId: id }, 'a domain could not be checked'),
    )
    await work()
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
