import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import { sha256 } from '../../core/secrets.ts'
import type { Tx } from '../../db/client.ts'
import { deleteSessionsOfConnection, lockSessionsOfNameId } from '../../session/session.store.ts'
import { consumeAssertion, deleteUnfinishedSignIns } from '../login/sign-in-state.store.ts'
import { type LogoutProblem, logoutProblem } from '../saml/logout-failure.ts'
import { isMeant, type LoggedOut } from '../saml/logout-subject.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'
import { rememberEndedSessions } from './ended-session.ts'

/** A verified LogoutRequest. */
export type Order = LoggedOut & {
  id: string
  issuer: string
  /** Until then the same message would still count as fresh. */
  rememberUntil: Date
  /** Until then assertions of the ended sessions may still arrive. */
  endedUntil: Date
}

/**
 * Ends the sessions that the identity provider means, of its own connection and of no other (Core 3.7.3.2), once for
 * each message. @returns their ids; none when they had all ended already, which is what was wanted.
 */
export async function endSessionsByIdp(
  ctx: RequestContext,
  tx: Tx,
  connection: SamlConnectionRow,
  order: Order,
): Promise<{ ended: string[] } | { problem: LogoutProblem }> {
  const { id: connectionId, organizationId, spEntityId, idpEntityId } = connection
  const assertionHash = sha256(`logout|${order.issuer}|${order.id}`)
  if (!(await consumeAssertion(tx, { connectionId, assertionHash, expiresAt: order.rememberUntil }))) {
    return { problem: logoutProblem('MESSAGE_REPLAYED', 'a LogoutRequest that was never used', 'one used before') }
  }
  await rememberEndedSessions(tx, connectionId, order, order.endedUntil)
  await deleteUnfinishedSignIns(tx, connectionId, order.nameId.value)
  const names = { idpEntityId: idpEntityId ?? order.issuer, spEntityId }
  const found = await lockSessionsOfNameId(tx, connectionId, order.nameId.value)
  const meant = found.filter(({ samlSubject }) => samlSubject !== null && isMeant(samlSubject, order, names))
  const ended = meant.map(({ id }) => id)
  await deleteSessionsOfConnection(tx, connectionId, ended)
  for (const [userId, email] of new Map(meant.map((session) => [session.userId, session.email]))) {
    const sessions = meant.filter((session) => session.userId === userId).length
    const details = { userId, email, connectionId, sessions }
    const by = { actor: `the identity provider of ${connection.name}`, actorId: null }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'session.endedByIdp', details }, by)
  }
  return { ended }
}
