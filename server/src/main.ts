import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { type Config, readProcessConfig } from './config.ts'
import { systemClock } from './core/clock.ts'
import { createLog, type Log } from './core/log.ts'
import { connect } from './db/client.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'

type Part = { name: string; stop(): Promise<void> }

async function startDatabase(config: Config, log: Log): Promise<{ databaseUrl: string; parts: Part[] }> {
  if (config.databaseUrl !== null) return { databaseUrl: config.databaseUrl, parts: [] }
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log })
  return { databaseUrl: embedded.databaseUrl, parts: [{ name: 'database', stop: () => embedded.stop() }] }
}

/** Starts the parts in order; a stop takes them down the other way round, the database last. */
async function start(config: Config, log: Log): Promise<{ parts: Part[]; setupToken: string | null }> {
  const { databaseUrl, parts } = await startDatabase(config, log)
  try {
    await migrate(databaseUrl)
    const database = connect(databaseUrl)
    parts.push({ name: 'connections', stop: () => database.close() })
    const app = await createApp({ config, database, clock: systemClock, log })
    parts.push({ name: 'server', stop: () => app.close() })
    await app.listen({ port: config.port, host: config.host })
    return { parts, setupToken: app.setupToken }
  } catch (error) {
    await stop(parts, log)
    throw error
  }
}

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

function stopOnSignals(parts: Part[], log: Log): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      process.stdout.write('\nStopping …\n')
      void stop(parts, log).then(() => {
        process.stdout.write('Stopped.\n')
        process.exit(0)
      })
    })
  }
}

const defaultDataDir = fileURLToPath(new URL('../../.data', import.meta.url))
try {
  const config = readProcessConfig(defaultDataDir)
  const log = createLog(config.logLevel)
  const { parts, setupToken } = await start(config, log)
  stopOnSignals(parts, log)
  announce(config, setupToken)
} catch (error) {
  process.stderr.write(`Gatehouse could not start.\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
