import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { type Config, readProcessConfig } from './config.ts'
import { systemClock } from './core/clock.ts'
import { createLog, type Log } from './core/log.ts'
import { connect } from './db/client.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { explainDatabase, explainListening } from './start-problem.ts'

type Part = { name: string; stop(): Promise<void> }

/** Resolves to the URL of the database, which is the operator's, or our own and then the first of the parts. */
async function startDatabase(config: Config, log: Log, parts: Part[]): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log })
  parts.push({ name: 'database', stop: () => embedded.stop() })
  return embedded.databaseUrl
}

/** Starts the rest, in order. Resolves to the token that completes the setup, or null when that is done. */
async function startServer(config: Config, log: Log, databaseUrl: string, parts: Part[]): Promise<string | null> {
  await migrate(databaseUrl).catch((error: unknown) => {
    throw explainDatabase(error, config)
  })
  const database = connect(databaseUrl)
  parts.push({ name: 'connections', stop: () => database.close() })
  const app = await createApp({ config, database, clock: systemClock, log })
  parts.push({ name: 'server', stop: () => app.close() })
  await app.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
    throw explainListening(error, config)
  })
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
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
}

/** From the first moment on: a database that is still starting would otherwise outlive us. */
function stopOnSignals(database: Promise<string>, parts: Part[], log: Log): { stopping: boolean } {
  const state = { stopping: false }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (state.stopping) return
      state.stopping = true
      process.stdout.write('\nStopping …\n')
      void database
        .catch(() => undefined)
        .then(() => stop(parts, log))
        .then(() => {
          process.stdout.write('Stopped.\n')
          process.exit(0)
        })
    })
  }
  return state
}

async function main(): Promise<void> {
  const config = readProcessConfig(fileURLToPath(new URL('../../.data', import.meta.url)))
  const log = createLog(config.logLevel)
  const parts: Part[] = []
  const database = startDatabase(config, log, parts)
  const state = stopOnSignals(database, parts, log)
  try {
    const setupToken = await startServer(config, log, await database, parts)
    if (!state.stopping) announce(config, setupToken)
  } catch (error) {
    // A stop in the middle of a start takes away what the start still needs.
    if (state.stopping) return
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
