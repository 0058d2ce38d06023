import type { RequestContext } from '../../access/request-context.ts'
import type { Tx } from '../../db/client.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { lockConnection, type SsoConnectionRow } from '../sso-connection.store.ts'
import { type Refusal, recordRefusal, type TestRequest } from './sign-in-refusal.ts'
import { requiredIssuer, stillTrusts, type VerifiedSignIn } from './verified-sign-in.ts'

/**
 * The connection, locked, as it was when it verified the sign-in. Between the two halves of a sign-in somebody may have
 * disabled it (a test needs no enabled one), changed whom it trusts, or taken its leave to start at the identity provider away.
 */
export async function lockAsVerified(
  ctx: RequestContext,
  tx: Tx,
  seen: SsoConnectionRow,
  verified: VerifiedSignIn,
  test: TestRequest | null = null,
): Promise<{ connection: SsoConnectionRow } | { refusal: Refusal }> {
  const strength = seen.verifiedAt === null || requiredIssuer(seen) === null ? 'update' : 'share'
  const connection = await lockConnection(tx, seen.organizationId, seen.id, strength)
  const { checks, attributes, identity } = verified
  const refused = async (reason: SignInFailureReason) => ({
    refusal: await recordRefusal(ctx, tx, connection ?? seen, reason, {
      checks,
      attributes,
      email: identity.email,
      test,
    }),
  })
  if (connection === null || (!connection.enabled && test === null)) return refused('CONNECTION_DISABLED')
  if (!stillTrusts(connection, verified)) return refused(test === null ? 'COMPLETION_EXPIRED' : 'TEST_OUTDATED')
  const mayBeUnasked = connection.protocol === 'SAML' && connection.allowIdpInitiated
  if (verified.requestId === null && !mayBeUnasked) return refused('IDP_INITIATED_NOT_ALLOWED')
  return { connection }
}
