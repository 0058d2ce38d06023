import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { type Config, readProcessConfig } from './config.ts'
import { systemClock } from './core/clock.ts'
import { createLog, type Log } from './core/log.ts'
import { connect } from './db/client.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { explainDatabase, explainListening } from './start-problem.ts'

/** How long a stop waits for a start that is under way. */
const patience = 3000

type Part = { name: string; stop(): Promise<void> }

/** Resolves to the URL of the database, which is the operator's, or our own and then the first of the parts. */
async function startDatabase(config: Config, log: Log, parts: Part[]): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log })
  parts.push({ name: 'database', stop: () => embedded.stop() })
  return embedded.databaseUrl
}

/**
 * Starts all parts in order; gives up between two of them when stopped. Resolves to the token that completes the setup,
 * or null when that is done.
 */
async function start(config: Config, log: Log, parts: Part[], stopped: AbortSignal): Promise<string | null> {
  const databaseUrl = await startDatabase(config, log, parts)
  stopped.throwIfAborted()
  await migrate(databaseUrl).catch((error: unknown) => {
    throw explainDatabase(error, config)
  })
  stopped.throwIfAborted()
  const database = connect(databaseUrl)
  parts.push({ name: 'connections', stop: () => database.close() })
  const app = await createApp({ config, database, clock: systemClock, log })
  parts.push({ name: 'server', stop: () => app.close() })
  stopped.throwIfAborted()
  await app.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
    throw explainListening(error, config)
  })
  app.jobs.start()
  return app.setupToken
}

/** Takes the parts down the other way round, the database last. */
async function stop(parts: Part[], log: Log): Promise<void> {
  for (const part of [...parts].reverse()) {
    await part.stop().catch((err: unknown) => log.error({ err }, `the ${part.name} did not stop cleanly`))
  }
}

function announce(config: Config, setupToken: string | null): void {
  const lines = [`Gatehouse is ready at ${config.publicUrl}`]
  if (setupToken !== null) {
    lines.push('', 'Create the first organization and its owner here:')
    lines.push(`  ${config.publicUrl}/setup?token=${encodeURIComponent(setupToken)}`)
  }
  if (config.devInbox) lines.push('', `Mail is not sent, but kept here: ${config.publicUrl}/dev/inbox`)
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
}

/** From the first moment on: a database that is still starting would otherwise outlive us. */
function onFirstSignal(act: () => Promise<void>): void {
  let acting = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (acting) return
      acting = true
      process.stdout.write('\nStopping …\n')
      void act().then(() => {
        process.stdout.write('Stopped.\n')
        process.exit(0)
      })
    })
  }
}

async function main(): Promise<void> {
  const config = readProcessConfig(fileURLToPath(new URL('../../.data', import.meta.url)))
  const log = createLog(config.logLevel)
  const parts: Part[] = []
  const stopped = new AbortController()
  onFirstSignal(async () => {
    stopped.abort()
    const settled = starting.then(
      () => undefined,
      () => undefined,
    )
    // An operator's database may keep us waiting for as long as it likes, and nothing is lost when we leave it.
    await (config.databaseUrl === null ? settled : Promise.race([settled, sleep(patience)]))
    await stop(parts, log)
  })
  const starting = start(config, log, parts, stopped.signal)
  try {
    const setupToken = await starting
    if (!stopped.signal.aborted) announce(config, setupToken)
  } catch (error) {
    if (stopped.signal.aborted) return
    await stop(parts, log)
    throw error
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(`Gatehouse could not start.\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
