import { once, type RequestContext } from '../access/request-context.ts'
import type { SignInAttemptView } from './list-sign-in-attempts.ts'
import { relyingPartyUrls } from './oidc/relying-party.ts'
import { messageForIdpAdministrator } from './protocol/message-for-idp-administrator.ts'
import { isReason } from './protocol/sign-in-failure.ts'
import { type OurSide, whereToFix } from './protocol/where-to-fix.ts'
import { serviceProviderUrls } from './saml/service-provider.ts'
import { findConnection } from './sso-connection.store.ts'

/** The connection of an attempt that the actor may see already; read once for all attempts of a list. */
async function ourSideOf(ctx: RequestContext, { connectionId }: SignInAttemptView): Promise<OurSide | null> {
  const connection = await once(ctx, `connection ${connectionId}`, () => findConnection(ctx.db, connectionId))
  if (connection === null) return null
  return connection.protocol === 'SAML'
    ? { ...connection, ...serviceProviderUrls(ctx.publicUrl, connectionId) }
    : { ...connection, ...relyingPartyUrls(ctx.publicUrl, connectionId) }
}

/** The place where a refused sign-in is mended, with our exact value to put there. */
export async function explainWhereToFix(ctx: RequestContext, attempt: SignInAttemptView): Promise<string | null> {
  const { failureReason, checks } = attempt
  if (failureReason === null || !isReason(failureReason)) return null
  const ours = await ourSideOf(ctx, attempt)
  const where = ours && whereToFix(failureReason, checks, ours)
  if (where === null) return null
  return where.value === null ? where.place : `${where.place}: ${where.value}`
}

/** A text for whoever runs the identity provider; null when there is nothing that they could do. */
export async function writeToIdpAdministrator(ctx: RequestContext, attempt: SignInAttemptView): Promise<string | null> {
  if (attempt.failureReason === null) return null
  const ours = await ourSideOf(ctx, attempt)
  return ours && messageForIdpAdministrator(attempt, ours)
}
