import { plus, seconds } from '../../core/clock.ts'
import { check, type SignInCheck } from '../saml/sign-in-check.ts'
import { defaultClockSkewSeconds } from '../saml/verify-response.ts'

/** ForceAuthn (Core 3.4.1): the person authenticated for this request, after it was sent, as far as clocks agree. */
export function checkFreshAuthn(authnInstant: Date, sentAt: Date): SignInCheck {
  const earliest = plus(sentAt, -seconds(defaultClockSkewSeconds))
  const title = 'Authenticated for this sign-in'
  const expected = `after ${earliest.toISOString()}`
  return check('freshAuthn', title, authnInstant >= earliest, expected, authnInstant.toISOString())
}
