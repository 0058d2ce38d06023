import type { RequestContext } from '../../access/request-context.ts'
import { minutes, plus } from '../../core/clock.ts'
import { randomSecret, sha256 } from '../../core/secrets.ts'
import { check } from '../protocol/sign-in-check.ts'
import type { SamlConnectionRow } from '../sso-connection.store.ts'
import type { SamlSignIn } from './receive-response.ts'
import { bindBrowser } from './request-cookie.ts'
import { type Refusal, recordRefusal } from './sign-in-refusal.ts'
import { consumeAssertion, insertCompletion } from './sign-in-state.store.ts'

/** A verified sign-in that the identity provider started, while the person is asked whether they mean it. */
export type AwaitedSignIn = SamlSignIn & { browserBindingHash: string }

/** Of another kind than a completion's: neither token passes for the other. */
export const confirmationHash = (token: string): string => sha256(`confirm ${token}`)

const confirmationLifetime = minutes(5)

/**
 * No request of ours binds this sign-in to a browser, so that anybody could have led the browser here with an assertion
 * of their own (login CSRF; Profiles 4.1.5). The assertion is spent, the browser that came is bound, and it gets nothing
 * until the person has read as whom they would be signed in, and says yes.
 */
export async function askToConfirm(
  ctx: RequestContext,
  connection: SamlConnectionRow,
  verified: SamlSignIn,
): Promise<{ redirectPath: string } | { refusal: Refusal }> {
  const { checks, attributes, identity, assertionHash } = verified
  const token = randomSecret()
  const now = ctx.clock.now()
  const refusal = await ctx.db.transaction(async (tx) => {
    const expiresAt = new Date(verified.assertionExpiresAt)
    const fresh = await consumeAssertion(tx, { connectionId: connection.id, assertionHash, expiresAt })
    checks.push(
      check('replay', 'First use of this assertion', fresh, 'never used', fresh ? 'never used' : 'used before'),
    )
    if (!fresh) {
      const facts = { checks, attributes, email: identity.email }
      return recordRefusal(ctx, tx, connection, 'ASSERTION_REPLAYED', facts)
    }
    const awaited: AwaitedSignIn = { ...verified, browserBindingHash: bindBrowser(ctx) }
    await insertCompletion(tx, {
      tokenHash: confirmationHash(token),
      connectionId: connection.id,
      verified: awaited,
      createdAt: now,
      expiresAt: plus(now, confirmationLifetime),
    })
    return null
  })
  return refusal === null ? { redirectPath: `/sso/confirm?t=${token}` } : { refusal }
}
