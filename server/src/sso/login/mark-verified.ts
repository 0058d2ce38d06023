import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import type { Tx } from '../../db/client.ts'
import { type SsoConnectionRow, updateConnection, updateSamlConnection } from '../sso-connection.store.ts'
import { requiredIssuer } from './verified-sign-in.ts'

/** The first success verifies the connection, and pins the Issuer when it was unknown so far. @returns its revision */
export async function markVerified(
  ctx: RequestContext,
  tx: Tx,
  connection: SsoConnectionRow,
  issuer: string,
  by: { actor: string; actorId: string | null },
): Promise<number> {
  const learned = requiredIssuer(connection) === null
  if (connection.verifiedAt !== null && !learned) return connection.revision
  const now = ctx.clock.now()
  const revision = connection.revision + (learned ? 1 : 0)
  const verified = { verifiedAt: connection.verifiedAt ?? now, revision, updatedAt: now }
  const details = { connectionId: connection.id, name: connection.name }
  if (connection.protocol === 'SAML' && learned) {
    await updateSamlConnection(tx, { ...connection, ...verified, idpEntityId: issuer })
    const changed = ['idpEntityId']
    const type = 'ssoConnection.updated'
    await recordAuditEvent(ctx, tx, connection.organizationId, { type, details: { ...details, changed } }, by)
  } else {
    await updateConnection(tx, { ...connection, ...verified })
  }
  if (connection.verifiedAt === null) {
    await recordAuditEvent(ctx, tx, connection.organizationId, { type: 'ssoConnection.verified', details }, by)
  }
  return revision
}
