import { describeActor } from '../../access/actor.ts'
import { authorize } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { badUserInput, notFound } from '../../core/errors.ts'
import { viewAttempt } from '../list-sign-in-attempts.ts'
import { relyingPartyUrls } from '../oidc/relying-party.ts'
import { isReason } from '../protocol/sign-in-failure.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import { findSignInAttempt } from '../sign-in-attempt.store.ts'
import { findConnection } from '../sso-connection.store.ts'
import { type Diagnosis, type LookingAt, sideOf } from './diagnosis.ts'
import { explainAddress } from './explain-address.ts'
import { explainEntraError, explainGoogleError, explainOurRefusal } from './explain-error.ts'
import { explainAssertion, explainLogoutMessage, explainRequest, explainUnknown } from './explain-message.ts'
import { explainDiscoveryDocument, explainOidcError, explainToken } from './explain-oidc.ts'
import { explainResponse } from './explain-response.ts'
import { explainCertificate, explainMetadata, explainPrivateKey } from './explain-settings.ts'
import { type Recognized, recognize } from './recognize.ts'

const longestText = 350 * 1024

function checkText(text: string): void {
  const message =
    text.trim() === ''
      ? 'Paste what you have: an error, a SAMLResponse, a token, metadata, a certificate, an address.'
      : text.length > longestText
        ? 'This is longer than 350 KiB. Paste the SAMLResponse alone.'
        : null
  if (message === null) return
  throw badUserInput([{ path: 'input.text', reason: text.trim() === '' ? 'REQUIRED' : 'TOO_LONG', message }])
}

async function findLooking(
  ctx: RequestContext,
  organizationId: string,
  connectionId: string | null,
): Promise<LookingAt> {
  if (connectionId === null) return { saml: null, oidc: null }
  const connection = await findConnection(ctx.db, connectionId)
  if (connection === null || connection.organizationId !== organizationId) throw notFound('SSO connection')
  return connection.protocol === 'SAML'
    ? { saml: { connection, urls: serviceProviderUrls(ctx.publicUrl, connection.id) }, oidc: null }
    : { saml: null, oidc: { connection, urls: relyingPartyUrls(ctx.publicUrl, connection.id) } }
}

/** An attempt of this organization. One of another is as unknown as one that there is not. */
async function explainReference(ctx: RequestContext, organizationId: string, attemptId: string): Promise<Diagnosis> {
  const found = await findSignInAttempt(ctx.db, attemptId)
  const attempt = found?.organizationId === organizationId ? viewAttempt(found, null) : null
  if (attempt === null || attempt.failureReason === null || !isReason(attempt.failureReason))
    return explainUnknown(null)
  const its = await findLooking(ctx, organizationId, attempt.connectionId)
  return explainOurRefusal(attempt.failureReason, sideOf(its), attempt)
}

/**
 * Says what a pasted text is and what to do with it. It reads: nothing is stored, logged, fetched or used, and a
 * response in it signs nobody in.
 * @throws BAD_USER_INPUT, RATE_LIMITED, NOT_FOUND, FORBIDDEN
 */
export async function diagnose(
  ctx: RequestContext,
  { organizationId, connectionId, text }: { organizationId: string; connectionId: string | null; text: string },
): Promise<Diagnosis> {
  await authorize(ctx, 'sso:manage', organizationId)
  checkText(text)
  await ctx.limits.consume('diagnoseByActor', describeActor(ctx.actor).actorId ?? 'nobody')
  const looking = await findLooking(ctx, organizationId, connectionId)
  const recognized = recognize(text)
  if (recognized.kind === 'REFERENCE') return explainReference(ctx, organizationId, recognized.attemptId)
  return explain(recognized, looking, ctx.publicUrl, ctx.clock.now())
}

function explain(
  what: Exclude<Recognized, { kind: 'REFERENCE' }>,
  looking: LookingAt,
  publicUrl: string,
  now: Date,
): Diagnosis {
  const { saml, oidc } = looking
  switch (what.kind) {
    case 'PRIVATE_KEY':
      return explainPrivateKey()
    case 'FAILURE_REASON':
      return explainOurRefusal(what.reason, sideOf(looking), null)
    case 'ENTRA_ERROR':
      return explainEntraError(what.code, sideOf(looking))
    case 'GOOGLE_ERROR':
      return explainGoogleError(what.code)
    case 'SAML_RESPONSE':
      return explainResponse(what.xml, what.form, saml, now)
    case 'SAML_REQUEST':
      return explainRequest(what.xml, saml)
    case 'LOGOUT_MESSAGE':
      return explainLogoutMessage()
    case 'ASSERTION':
      return explainAssertion()
    case 'METADATA':
      return explainMetadata(what.xml, saml, now)
    case 'CERTIFICATE':
      return explainCertificate(what.text, saml, now)
    case 'TOKEN':
      return explainToken(what.token, oidc, now)
    case 'OIDC_ERROR':
      return explainOidcError(what.error, oidc)
    case 'DISCOVERY_DOCUMENT':
      return explainDiscoveryDocument(what.document, oidc)
    case 'ADDRESS':
      return explainAddress(what.url, publicUrl, looking)
    case 'BROKEN_XML':
      return explainUnknown(what.problem)
    case 'UNKNOWN':
      return explainUnknown(null)
    default:
      return what satisfies never
  }
}
