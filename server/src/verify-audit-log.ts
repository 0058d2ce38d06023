import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type AuditLogReport, verifyAuditLogs } from './audit/verify-audit-log.ts'
import { readProcessConfig } from './config.ts'
import { createLog } from './core/log.ts'
import { connect } from './db/client.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { explainUnverified } from './start-problem.ts'

// `npm run verify-audit-log`: whether the audit log of each organization is as it was recorded; see docs/audit-log.md.
// Exit codes: 0 when all are, 1 when one is not, 2 when that could not be found out.

/** `--expect acme=<hash>`, as often as one likes. */
function readExpected(): Map<string, string[]> {
  const { values } = parseArgs({ options: { expect: { type: 'string', multiple: true, default: [] } } })
  const expected = new Map<string, string[]>()
  for (const text of values.expect) {
    const [, name, hash] = /^([^=]+)=([0-9a-f]{64})$/.exec(text) ?? []
    if (name === undefined || hash === undefined) {
      throw new Error(`--expect takes an organization and a hash that this command printed, such as acme=3f…: ${text}`)
    }
    expected.set(name, [...(expected.get(name) ?? []), hash])
  }
  return expected
}

function describe({ slug, organizationId, events, headHash, broken }: AuditLogReport): string {
  const count = `${events} ${events === 1 ? 'event' : 'events'}`
  if (broken !== null) return `${slug} (${organizationId}): BROKEN after ${count}. ${broken}`
  return `${slug} (${organizationId}): ${count}, unbroken, head ${headHash ?? 'none'}`
}

async function main(): Promise<void> {
  const expected = readExpected()
  const config = readProcessConfig(fileURLToPath(new URL('../../.data', import.meta.url)))
  const embedded =
    config.databaseUrl === null
      ? await startEmbeddedPostgres({ dataDir: config.dataDir, log: createLog('warn') })
      : null
  const database = connect(config.databaseUrl ?? embedded?.databaseUrl ?? '', 1)
  try {
    await verifyAuditLogs(database.db, expected, (report) => {
      if (report.broken !== null) process.exitCode = 1
      process.stdout.write(`${describe(report)}\n`)
    })
  } finally {
    await database.close()
    await embedded?.stop()
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(`The audit log was not verified.\n${explainUnverified(error)}\n`)
  process.exit(2)
}
