import type { RequestContext } from '../../access/request-context.ts'
import { hours, plus } from '../../core/clock.ts'
import type { SignInCheck } from '../protocol/sign-in-check.ts'
import { stagedOf } from '../refresh/compare-metadata.ts'
import { findMetadataRefresh, hastenMetadataRefresh } from '../refresh/metadata-refresh.store.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'

/** However many sign-ins fail, the metadata is read again no sooner than that. */
const shortestWait = hours(1)

/**
 * A signature that no trusted certificate made: perhaps the identity provider has gone over to its next one. Says so
 * when the metadata announces the one that signed, and else has the metadata read again soon. It trusts nothing.
 * @param readWith reads the message again as if it trusted these certificates alone.
 */
export async function adviseOnRotation(
  ctx: Pick<RequestContext, 'db' | 'clock'>,
  connection: SamlConnectionRow,
  readWith: (idpCertificates: string[]) => { checks: SignInCheck[] },
): Promise<string | null> {
  const refresh = await findMetadataRefresh(ctx.db, connection.id)
  if (refresh === null) return null
  const staged = stagedOf(connection, refresh).map(({ pem }) => pem)
  const signature = staged.length === 0 ? undefined : readWith(staged).checks.find(({ name }) => name === 'signature')
  if (signature?.passed === true) {
    return `The identity provider signs with its new certificate now. Its metadata announces that one (${signature.actual}), and nobody has confirmed it yet: open the connection, compare the fingerprint, and press Trust.`
  }
  const now = ctx.clock.now()
  await hastenMetadataRefresh(ctx.db, connection.id, now, plus(now, -shortestWait))
  return null
}
