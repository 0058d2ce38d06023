import type { KeyObject } from 'node:crypto'
import type { RequestContext } from '../../access/request-context.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'
import { ensureSpKey } from './ensure-sp-key.ts'
import { openPrivateKey } from './open-private-key.ts'
import { currentKey } from './sp-key-rules.ts'

/** What our requests to the identity provider are signed with; null where they are not. */
export async function findSigningKey(ctx: RequestContext, connection: SamlConnectionRow): Promise<KeyObject | null> {
  if (!connection.signAuthnRequests) return null
  const key = currentKey(await ensureSpKey(ctx, connection, 'signing'), 'signing')
  return key && openPrivateKey(ctx, key)
}
