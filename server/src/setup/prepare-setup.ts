import type { Clock } from '../core/clock.ts'
import { randomSecret, sha256 } from '../core/secrets.ts'
import type { Db } from '../db/client.ts'
import { anyOrganizationExists } from '../organization/organization.store.ts'
import { insertSetupToken } from './setup-token.store.ts'

/**
 * At start: the token that may complete the setup, to be printed, or null when the setup is done. `preset` is the
 * operator's SETUP_TOKEN. Each replica prints its own; any of them works until one was used.
 */
export async function prepareSetup(db: Db, clock: Clock, preset: string | null): Promise<string | null> {
  if (await anyOrganizationExists(db)) return null
  const token = preset ?? randomSecret()
  await insertSetupToken(db, sha256(token), clock.now())
  return token
}
