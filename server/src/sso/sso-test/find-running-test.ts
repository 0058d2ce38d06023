import type { RequestContext } from '../../access/request-context.ts'
import { sha256 } from '../../core/secrets.ts'
import type { ConnectionRow } from '../sso-connection.store.ts'
import { findOpenSsoTest, type SsoTestRow } from './sso-test.store.ts'

/** The test that the secret starts: of this connection, not expired, and of the settings that it has now. */
export async function findRunningTest(
  ctx: RequestContext,
  connection: ConnectionRow,
  secret: unknown,
): Promise<SsoTestRow | null> {
  if (typeof secret !== 'string') return null
  const test = await findOpenSsoTest(ctx.db, connection.id, sha256(secret), ctx.clock.now())
  return test?.revision === connection.revision ? test : null
}
