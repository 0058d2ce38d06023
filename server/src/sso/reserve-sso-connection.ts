import { authorize } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { days } from '../core/clock.ts'
import { reservationEnded } from '../core/errors.ts'
import { createId, idPrefix } from '../core/ids.ts'
import { open, type Place, SealProblem, seal } from '../core/sealed-box.ts'
import { relyingPartyUrls } from './oidc/relying-party.ts'

const lifetime = days(1)

/** Nothing is stored: whoever holds the reservation brings it back, and it opens for this organization alone. */
const place = (organizationId: string): Place => ({ table: 'sso_connections', column: 'id', rowId: organizationId })

export type Reservation = { reservation: string; loginUrl: string; redirectUrl: string }

/**
 * The addresses that a connection will have, before there is one: an identity provider with OpenID Connect wants them
 * before it gives away what a connection needs. @throws NOT_FOUND, FORBIDDEN
 */
export async function reserveSsoConnection(ctx: RequestContext, organizationId: string): Promise<Reservation> {
  await authorize(ctx, 'sso:manage', organizationId)
  const now = ctx.clock.now()
  const id = createId('sso', now)
  const { loginUrl, redirectUri } = relyingPartyUrls(ctx.publicUrl, id)
  const reservation = seal(ctx.keyRing, `${id} ${now.getTime()}`, place(organizationId))
  return { reservation, loginUrl, redirectUrl: redirectUri }
}

/** The id that was reserved for this organization; a new one without a reservation. @throws BAD_USER_INPUT */
export function takeReservation(ctx: RequestContext, organizationId: string, reservation: string | null): string {
  const now = ctx.clock.now()
  if (reservation === null) return createId('sso', now)
  const [id = '', at = ''] = openReservation(ctx, organizationId, reservation).split(' ')
  if (idPrefix(id) === 'sso' && now.getTime() - Number(at) < lifetime) return id
  throw reservationEnded()
}

function openReservation(ctx: RequestContext, organizationId: string, reservation: string): string {
  try {
    return open(ctx.keyRing, reservation, place(organizationId))
  } catch (error) {
    if (error instanceof SealProblem) return ''
    throw error
  }
}
