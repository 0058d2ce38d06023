import { fileURLToPath } from 'node:url'
import { readProcessConfig } from './config.ts'
import { createLog } from './core/log.ts'
import { addKeyToFile } from './core/master-keys.ts'
import { createKeyRing } from './core/sealed-box.ts'
import { connect } from './db/client.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { keyFileOf, loadKeyRing } from './maintenance/load-key-ring.ts'
import { resealAll } from './maintenance/reseal.ts'

// `npm run rotate-encryption-key`: seals every secret in the database with the newest key; see docs/operations.md. With
// ENCRYPTION_KEY that is its first one. Without, a new key is made and put first into the file of the data folder.

async function main(): Promise<void> {
  const config = readProcessConfig(fileURLToPath(new URL('../../.data', import.meta.url)))
  const embedded =
    config.databaseUrl === null
      ? await startEmbeddedPostgres({ dataDir: config.dataDir, log: createLog('warn') })
      : null
  try {
    const databaseUrl = config.databaseUrl ?? embedded?.databaseUrl ?? ''
    await migrate(databaseUrl)
    const database = connect(databaseUrl, 1)
    try {
      const present = await loadKeyRing(config, database.db)
      const ring = config.encryptionKeys === null ? createKeyRing(addKeyToFile(keyFileOf(config))) : present
      const count = await resealAll(database.db, ring)
      const where = config.encryptionKeys === null ? keyFileOf(config) : 'ENCRYPTION_KEY'
      process.stdout.write(
        `Encrypted ${count} ${count === 1 ? 'key' : 'keys'} anew. The keys after the first one in ${where} open nothing in the database any more; backups from before still need them.\n`,
      )
    } finally {
      await database.close()
    }
  } finally {
    await embedded?.stop()
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(
    `The encryption key was not rotated.\n${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exit(1)
}
