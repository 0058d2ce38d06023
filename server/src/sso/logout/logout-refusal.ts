import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import type { Tx } from '../../db/client.ts'
import { type LogoutFailureReason, type LogoutProblem, logoutFailures } from '../saml/logout-failure.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'

/** Shown to the person: the reason, and the request by which the owner finds the record. */
export type LogoutRefusal = { reason: LogoutFailureReason; reference: string }

const longest = 300
const shorten = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)

/** Records a refused logout message, in the transaction given. */
export async function recordLogoutRefusal(
  ctx: RequestContext,
  tx: Tx,
  { id, organizationId }: SamlConnectionRow,
  { reason, expected, actual }: LogoutProblem,
): Promise<LogoutRefusal> {
  const { advice } = logoutFailures[reason]
  const details = { connectionId: id, reason, expected: shorten(expected), actual: shorten(actual), advice }
  await recordAuditEvent(ctx, tx, organizationId, { type: 'logout.refused', details })
  return { reason, reference: ctx.requestId }
}

/** The same in a transaction of its own. */
export function refuseLogout(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  problem: LogoutProblem,
): Promise<LogoutRefusal> {
  return ctx.db.transaction((tx) => recordLogoutRefusal(ctx, tx, connection, problem))
}
