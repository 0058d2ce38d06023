import type { RequestContext } from '../../access/request-context.ts'
import { recordAuditEvent } from '../../audit/record-audit-event.ts'
import type { Tx } from '../../db/client.ts'
import { shorten } from '../protocol/sign-in-check.ts'
import { type LogoutFailureReason, type LogoutProblem, logoutFailures } from '../saml/logout-failure.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'

/** Shown to the person: the reason, and the request by which the owner finds the record. */
export type LogoutRefusal = { reason: LogoutFailureReason; reference: string }

/** As it may be stored: what stands in an address may hold a NUL, which PostgreSQL takes in no text. */
const storable = (text: string): string => shorten(text.replaceAll('\0', '\uFFFD'))

/** Records a refused logout message, in the transaction given. */
export async function recordLogoutRefusal(
  ctx: RequestContext,
  tx: Tx,
  { id, organizationId }: SamlConnectionRow,
  { reason, expected, actual }: LogoutProblem,
): Promise<LogoutRefusal> {
  const { advice } = logoutFailures[reason]
  const details = { connectionId: id, reason, expected: storable(expected), actual: storable(actual), advice }
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
