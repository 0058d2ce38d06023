import { createRateLimits, noRateLimits } from './access/rate-limits.ts'
import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import { createTxtLookup } from './core/txt-lookup.ts'
import type { Database } from './db/client.ts'
import { createServer } from './http/server.ts'
import { createBackgroundJobs } from './maintenance/background-jobs.ts'
import type { Jobs } from './maintenance/jobs.ts'
import { keyFileOf, loadKeyRing } from './maintenance/load-key-ring.ts'
import { prepareSetup } from './setup/prepare-setup.ts'

export type App = {
  /** Listens and returns the address it is reached at. `port` 0 takes a free one. */
  listen(at: { port: number; host: string }): Promise<string>
  /** The token that may complete the setup; null when that is done. */
  setupToken: string | null
  /** What happens without anybody asking, once it is started. */
  jobs: Jobs
  /** Finishes what is running, then lets go of everything but the database. */
  close(): Promise<void>
}

/** The whole product on a migrated database. Tests start here too. */
export async function createApp(parts: { config: Config; database: Database; clock: Clock; log: Log }): Promise<App> {
  const { config, clock, log } = parts
  const { db } = parts.database
  const limits = config.rateLimits ? createRateLimits(db) : noRateLimits
  const keyRing = await loadKeyRing(config, db)
  if (config.databaseUrl !== null && config.encryptionKeys === null) {
    const file = keyFileOf(config)
    log.warn({ file }, 'the encryption key is kept in a file: set ENCRYPTION_KEY where there are several replicas')
  }
  const lookUpTxt = createTxtLookup(config.dnsServers)
  const server = await createServer({ config, db, clock, log, limits, keyRing, lookUpTxt })
  const setupToken = await prepareSetup(db, clock, config.setupToken)
  const jobs = createBackgroundJobs({ config, db, clock, log, lookUpTxt })
  return {
    setupToken,
    jobs,
    listen: (at) => server.listen(at),
    async close() {
      await Promise.all([jobs.stop(), server.close()])
    },
  }
}
