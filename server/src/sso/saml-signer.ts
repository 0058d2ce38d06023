import { sign } from 'node:crypto'
import type { RequestContext } from '../access/request-context.ts'
import { ensureSpKey } from './keys/ensure-sp-key.ts'
import { openPrivateKey } from './keys/open-private-key.ts'
import { currentKey } from './keys/sp-key-rules.ts'
import type { MessageSigner } from './saml/message-signer.ts'
import type { SamlConnectionRow } from './sso-connection.store.ts'

/**
 * What our logout messages are signed with: they always are (Profiles 4.4.4.1), whether requests are signed or not. Null
 * when the connection is gone.
 */
export async function findSigner(ctx: RequestContext, connection: SamlConnectionRow): Promise<MessageSigner | null> {
  const row = currentKey(await ensureSpKey(ctx, connection, 'signing'), 'signing')
  if (row === null) return null
  const key = openPrivateKey(ctx, row)
  return { certificate: row.certificate, sign: (octets) => sign('sha256', octets, key) }
}
