import { type FilledApp, startFilledApps } from './filled-apps.ts'
import { benchGrowth } from './growth.ts'
import { benchThroughput } from './throughput.ts'

const usualSizes = [10_000, 100_000, 1_000_000]
const usualSize = 100_000

async function onFilledApps(sizes: readonly number[], work: (apps: FilledApp[]) => Promise<void>): Promise<void> {
  const { postgres, apps } = await startFilledApps(sizes)
  try {
    await work(apps)
  } finally {
    for (const { program } of apps) program.disconnect()
    await postgres.stop()
  }
}

/** How the product behaves as an organization grows. */
export const benchMembers = (sizes: readonly number[]): Promise<void> =>
  onFilledApps(sizes.length > 0 ? sizes : usualSizes, benchGrowth)

/** How many requests it answers, beside what was written by hand for one of them. */
export const benchGraphql = (sizes: readonly number[]): Promise<void> =>
  onFilledApps([sizes[0] ?? usualSize], async (apps) => {
    for (const app of apps) await benchThroughput(app)
  })
