import type { RequestContext } from '../../access/request-context.ts'
import { openPrivateKey } from '../keys/open-private-key.ts'
import { listSpKeys } from '../keys/sp-key.store.ts'
import { keysFor } from '../keys/sp-key-rules.ts'
import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import type { Decryption } from '../saml/decrypt-element.ts'
import { peekAtCiphertext } from '../saml/peek-at-ciphertext.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'
import { tryDecryption } from './sign-in-state.store.ts'

/**
 * What a response may be decrypted with; nothing when nothing in it is encrypted, so that most sign-ins read no key.
 *
 * Where AES-CBC is allowed, a response has one try for each request of ours. Its content may be changed without a key,
 * and a server that decrypts as often as it is asked gives the plaintext away by how it fails (Jager and Somorovsky
 * 2011): each question then costs a sign-in that was started here, of which there are few by the rate limits. A response
 * that answers no request is not decrypted at all.
 */
export async function prepareDecryption(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  samlResponse: string,
): Promise<{ decryption: Decryption } | { reason: 'REQUEST_UNKNOWN' | 'REQUEST_USED'; checks: SignInCheck[] }> {
  const allowCbc = connection.allowCbcEncryption
  const ciphertext = peekAtCiphertext(samlResponse)
  if (ciphertext === null) return { decryption: { keys: [], allowCbc } }
  if (allowCbc) {
    const { inResponseTo } = ciphertext
    const refused = (reason: 'REQUEST_UNKNOWN' | 'REQUEST_USED', actual: string) => ({
      reason,
      checks: [
        check('firstAnswer', 'First answer to a request', false, 'one answer to an open request of ours', actual),
      ],
    })
    if (inResponseTo === null) return refused('REQUEST_UNKNOWN', 'no request')
    if (!(await tryDecryption(ctx.db, connection.id, inResponseTo, ctx.clock.now()))) {
      return refused('REQUEST_USED', `another answer to ${inResponseTo}, or one to no open request`)
    }
  }
  const rows = keysFor(await listSpKeys(ctx.db, connection.id), 'encryption')
  return { decryption: { keys: rows.map((row) => openPrivateKey(ctx, row)), allowCbc } }
}
