import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestContext } from '../../access/request-context.ts'
import { AppError } from '../../core/errors.ts'
import { formFields } from '../form-fields.ts'
import { showSpMetadata } from '../keys/show-sp-metadata.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { showTestResult, testResultPath } from '../sso-test/show-test-result.ts'
import { completeLogin } from './complete-login.ts'
import { cancelLogin, confirmLogin, readConfirmation } from './confirm-login.ts'
import { confirmPage } from './confirm-page.ts'
import { loginFailedPage } from './login-failed-page.ts'
import { receiveCallback } from './receive-callback.ts'
import { receiveResponse } from './receive-response.ts'
import type { Refusal } from './sign-in-refusal.ts'
import { type LoginQuery, startLogin } from './start-login.ts'
import type { CallbackQuery } from './verify-callback.ts'

type WithConnection = { Params: { connectionId: string } }
type CreateContext = (request: FastifyRequest) => Promise<RequestContext>

function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { reference, test } = refusal
  if (test != null && test.requestId !== null) return reply.redirect(testResultPath(reference, test.requestId), 303)
  const { status, html } = loginFailedPage(refusal)
  return reply.code(status).type('text/html; charset=utf-8').send(html)
}

/** Fetch Metadata, where the browser sends it. The Origin header tells nothing here: our pages send no referrer. */
function comesFromAnotherSite(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin'
}

/** What the framework refused before a handler ran, or a handler threw: the same page, and never a stack. */
function onError(error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const details = error instanceof AppError ? error.details : null
  const byStatus: Record<number, SignInFailureReason> = {
    400: 'RESPONSE_MISSING',
    413: 'RESPONSE_TOO_LARGE',
    415: 'RESPONSE_MISSING',
  }
  const limited = details?.code === 'RATE_LIMITED'
  const reason = limited ? 'RATE_LIMITED' : (byStatus[error.statusCode ?? 500] ?? 'INTERNAL_ERROR')
  if (limited) reply.header('retry-after', details.retryAfter)
  if (reason === 'INTERNAL_ERROR')
    request.log.error({ err: error, requestId: request.id }, 'a sign-in failed unexpectedly')
  return sendRefusal(reply, { reason, reference: request.id, connectionId: null })
}

/**
 * The browser's way through a sign-in. Of its addresses the ACS alone takes a POST from another site: it needs no cookie,
 * sets none, and changes nothing for the browser that posts.
 */
export function registerSsoRoutes(server: FastifyInstance, createContext: CreateContext): void {
  const options = {
    errorHandler: onError,
    onRequest: async (_request: FastifyRequest, reply: FastifyReply) => {
      reply.header('cache-control', 'no-store')
    },
  }
  server.get<WithConnection & { Querystring: LoginQuery }>(
    '/sso/:connectionId/login',
    options,
    async (request, reply) => {
      const ctx = await createContext(request)
      const started = await startLogin(ctx, request.params.connectionId, request.query)
      if ('refusal' in started) return sendRefusal(reply, started.refusal)
      return reply.redirect(started.redirectUrl, 303)
    },
  )
  server.get<WithConnection & { Querystring: CallbackQuery }>(
    '/sso/:connectionId/callback',
    options,
    async (request, reply) => {
      const ctx = await createContext(request)
      const completion = await receiveCallback(ctx, request.params.connectionId, request.query)
      if ('refusal' in completion) return sendRefusal(reply, completion.refusal)
      return reply.redirect(completion.redirectPath, 303)
    },
  )
  server.post<WithConnection>('/sso/:connectionId/acs', options, async (request, reply) => {
    const ctx = await createContext(request)
    const received = await receiveResponse(ctx, request.params.connectionId, formFields(request)['SAMLResponse'])
    if ('refusal' in received) return sendRefusal(reply, received.refusal)
    return reply.redirect(`/sso/complete?t=${received.completionToken}`, 303)
  })
  server.get<{ Querystring: { t?: unknown } }>('/sso/complete', options, async (request, reply) => {
    const ctx = await createContext(request)
    const completion = await completeLogin(ctx, request.query.t)
    if ('refusal' in completion) return sendRefusal(reply, completion.refusal)
    return reply.redirect(completion.redirectPath, 303)
  })
  server.get<{ Querystring: { attempt?: unknown; request?: unknown } }>(
    '/sso/test-result',
    options,
    async (request, reply) => {
      const ctx = await createContext(request)
      const html = await showTestResult(ctx, request.query.attempt, request.query.request)
      return reply.type('text/html; charset=utf-8').send(html)
    },
  )
  server.get<{ Querystring: { t?: unknown } }>('/sso/confirm', options, async (request, reply) => {
    const ctx = await createContext(request)
    const read = await readConfirmation(ctx, request.query.t)
    if ('refusal' in read) return sendRefusal(reply, read.refusal)
    return reply.type('text/html; charset=utf-8').send(confirmPage(read.confirmation, String(request.query.t)))
  })
  server.post<{ Body: Record<string, unknown> | null }>('/sso/confirm', options, async (request, reply) => {
    // The cookie that the token is bound to would be missing anyway; so it is not even spent.
    if (comesFromAnotherSite(request))
      return sendRefusal(reply, { reason: 'REQUEST_FROM_OTHER_BROWSER', reference: request.id, connectionId: null })
    const ctx = await createContext(request)
    const { t, choice } = request.body ?? {}
    const completion = await (choice === 'continue' ? confirmLogin(ctx, t) : cancelLogin(ctx, t))
    if ('refusal' in completion) return sendRefusal(reply, completion.refusal)
    return reply.redirect(completion.redirectPath, 303)
  })
  server.get<WithConnection & { Querystring: { signed?: unknown } }>(
    '/sso/:connectionId/metadata',
    options,
    async (request, reply) => {
      const ctx = await createContext(request)
      const signed = request.query.signed === '1'
      const xml = await showSpMetadata(ctx, request.params.connectionId, signed)
      if (xml !== null) return reply.type('application/samlmetadata+xml').send(xml)
      const sentence = signed
        ? 'There is no such connection, or it has no key to sign with: switch on signing of requests first.\n'
        : 'There is no such connection.\n'
      return reply.code(404).type('text/plain').send(sentence)
    },
  )
}
