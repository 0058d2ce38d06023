import { describeActor } from '../access/actor.ts'
import type { RequestContext } from '../access/request-context.ts'
import { badUserInput } from '../core/errors.ts'
import { askIdp } from './ask-idp.ts'
import { DiscoveryProblem } from './oidc/discover.ts'
import { findProvider } from './oidc/known-provider.ts'

/**
 * Asks the issuer for its discovery document now, so that a mistake is found while its owner looks at the field.
 * @returns the issuer, exactly as the document names it. @throws BAD_USER_INPUT, RATE_LIMITED
 */
export async function confirmIssuer(ctx: RequestContext, issuer: string, field: string): Promise<string> {
  await ctx.limits.consume('metadataFetchByActor', describeActor(ctx.actor).actorId ?? 'nobody')
  try {
    const { provider } = await findProvider(issuer, { fetch: askIdp(ctx), now: ctx.clock.now(), again: true })
    return provider.issuer
  } catch (error) {
    if (!(error instanceof DiscoveryProblem)) throw error
    throw badUserInput([{ path: field, reason: error.reason, message: error.message }])
  }
}
