import { join } from 'node:path'
import type { Config } from '../config.ts'
import { makeKeyFile, readKeyFile } from '../core/master-keys.ts'
import { createKeyRing, type KeyRing, keyIdOf } from '../core/sealed-box.ts'
import type { Db } from '../db/client.ts'
import { listSealedValues } from './sealed-value.store.ts'

/** The file that holds the key when ENCRYPTION_KEY does not. */
export const keyFileOf = (config: Pick<Config, 'dataDir'>): string => join(config.dataDir, 'encryption-key')

/**
 * The keys that secrets in the database are sealed with: ENCRYPTION_KEY's, else the file's, which is made when nothing
 * was sealed yet.
 * @throws an Error for the operator when there are secrets that these keys do not open: better no start than sign-ins
 * that fail one by one.
 */
export async function loadKeyRing(config: Pick<Config, 'dataDir' | 'encryptionKeys'>, db: Db): Promise<KeyRing> {
  const file = keyFileOf(config)
  const needed = new Set((await listSealedValues(db)).map(({ sealed }) => keyIdOf(sealed)))
  const keys = config.encryptionKeys ?? readKeyFile(file)
  if (keys === null && needed.size > 0) {
    throw new Error(
      `The database holds encrypted keys, and the key to them is missing. Set ENCRYPTION_KEY to the one that the other replicas have, or restore ${file} from a backup.`,
    )
  }
  const ring = createKeyRing(keys ?? makeKeyFile(file))
  for (const { id } of ring.keys) needed.delete(id)
  if (needed.size === 0) return ring
  const source = config.encryptionKeys === null ? file : 'ENCRYPTION_KEY'
  throw new Error(
    `The database holds keys that were encrypted with another key than ${source} has. Add the former key to it, after the present one, with a comma between; npm run rotate-encryption-key then makes it superfluous.`,
  )
}
