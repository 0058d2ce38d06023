import type { RequestContext } from './request-context.ts'

/** Each so much of what an operation costs takes one more use of the limit than the request itself. */
const costOfOneUse = 1000

/** Counts an operation that costs a lot as several requests. @throws RATE_LIMITED */
export async function countCost({ limits, usage }: RequestContext): Promise<void> {
  const uses = Math.floor(usage.cost / costOfOneUse)
  if (uses === 0 || usage.key === null) return
  usage.rateLimit = await limits.consume('graphqlByActor', usage.key, uses)
}
