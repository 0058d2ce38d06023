import { plus, seconds } from '../../core/clock.ts'
import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import { defaultClockSkewSeconds } from '../saml/verify-response.ts'

/** For a sign-in that the identity provider starts: nobody could ask it for anything. */
export const unaskedAdvice =
  'The connection asks for authentication at every sign-in (ForceAuthn), and a sign-in that starts at the identity provider cannot be asked for it. Give the identity provider our SSO login URL as its Sign on URL, or switch it off in the advanced settings.'

/**
 * ForceAuthn (Core 3.4.1): the person authenticated for this request, after it was sent, as far as clocks agree.
 * @param sentAt where there was no request, the moment at which its answer came all the same.
 */
export function checkFreshAuthn(authnInstant: Date, sentAt: Date): SignInCheck {
  const earliest = plus(sentAt, -seconds(defaultClockSkewSeconds))
  const title = 'Authenticated for this sign-in'
  const expected = `after ${earliest.toISOString()}`
  return check('freshAuthn', title, authnInstant >= earliest, expected, authnInstant.toISOString())
}
