import { describeActor } from '../../access/actor.ts'
import { authorize } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { badUserInput, notFound } from '../../core/errors.ts'
import { viewAttempt } from '../list-sign-in-attempts.ts'
import { isReason } from '../protocol/sign-in-failure.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import { findSignInAttempt } from '../sign-in-attempt.store.ts'
import { findConnection } from '../sso-connection.store.ts'
import type { Diagnosis, Looking } from './diagnosis.ts'
import { explainAddress } from './explain-address.ts'
import { explainEntraError, explainGoogleError, explainOurRefusal } from './explain-error.ts'
import {
  explainAssertion,
  explainLogoutMessage,
  explainRequest,
  explainToken,
  explainUnknown,
} from './explain-message.ts'
import { explainResponse } from './explain-response.ts'
import { explainCertificate, explainMetadata, explainPrivateKey } from './explain-settings.ts'
import { type Recognized, recognize } from './recognize.ts'

const longestText = 350 * 1024

function checkText(text: string): void {
  const message =
    text.trim() === ''
      ? 'Paste what you have: an error, a SAMLResponse, metadata, a certificate, an address.'
      : text.length > longestText
        ? 'This is longer than 350 KiB. Paste the SAMLResponse alone.'
        : null
  if (message === null) return
  throw badUserInput([{ path: 'input.text', reason: text.trim() === '' ? 'REQUIRED' : 'TOO_LONG', message }])
}

async function findLooking(ctx: RequestContext, organizationId: string, connectionId: string | null): Promise<Looking> {
  if (connectionId === null) return null
  const connection = await findConnection(ctx.db, connectionId)
  if (connection === null || connection.organizationId !== organizationId) throw notFound('SSO connection')
  // What the box compares with a connection is SAML's.
  if (connection.protocol !== 'SAML') return null
  return { connection, urls: serviceProviderUrls(ctx.publicUrl, connection.id) }
}

/** An attempt of this organization. One of another is as unknown as one that there is not. */
async function explainReference(
  ctx: RequestContext,
  organizationId: string,
  attemptId: string,
  looking: Looking,
): Promise<Diagnosis> {
  const found = await findSignInAttempt(ctx.db, attemptId)
  const attempt = found?.organizationId === organizationId ? viewAttempt(found, null) : null
  if (attempt === null || attempt.failureReason === null || !isReason(attempt.failureReason))
    return explainUnknown(null)
  const its = await findLooking(ctx, organizationId, attempt.connectionId)
  return explainOurRefusal(attempt.failureReason, its ?? looking, attempt)
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
  if (recognized.kind === 'REFERENCE') return explainReference(ctx, organizationId, recognized.attemptId, looking)
  return explain(recognized, looking, ctx.publicUrl, ctx.clock.now())
}

function explain(
  what: Exclude<Recognized, { kind: 'REFERENCE' }>,
  looking: Looking,
  publicUrl: string,
  now: Date,
): Diagnosis {
  switch (what.kind) {
    case 'PRIVATE_KEY':
      return explainPrivateKey()
    case 'FAILURE_REASON':
      return explainOurRefusal(what.reason, looking, null)
    case 'ENTRA_ERROR':
      return explainEntraError(what.code, looking)
    case 'GOOGLE_ERROR':
      return explainGoogleError(what.code)
    case 'SAML_RESPONSE':
      return explainResponse(what.xml, what.form, looking, now)
    case 'SAML_REQUEST':
      return explainRequest(what.xml, looking)
    case 'LOGOUT_MESSAGE':
      return explainLogoutMessage()
    case 'ASSERTION':
      return explainAssertion()
    case 'METADATA':
      return explainMetadata(what.xml, looking, now)
    case 'CERTIFICATE':
      return explainCertificate(what.text, looking, now)
    case 'TOKEN':
      return explainToken(what.payload)
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
