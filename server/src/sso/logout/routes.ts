import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestContext } from '../../access/request-context.ts'
import { AppError } from '../../core/errors.ts'
import { formFields } from '../form-fields.ts'
import type { LogoutFailureReason } from '../saml/logout-failure.ts'
import { finishLogout } from './finish-logout.ts'
import { logoutRefusedPage, signedOutPage } from './logout-page.ts'
import type { LogoutRefusal } from './logout-refusal.ts'
import { type Received, receiveLogout } from './receive-logout.ts'

type WithConnection = { Params: { connectionId: string } }
type CreateContext = (request: FastifyRequest) => Promise<RequestContext>

function sendRefusal(reply: FastifyReply, refusal: LogoutRefusal): FastifyReply {
  const { status, html } = logoutRefusedPage(refusal)
  return reply.code(status).type('text/html; charset=utf-8').send(html)
}

/** What the framework refused before a handler ran, or a handler threw: the same page, and never a stack. */
function onError(error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const details = error instanceof AppError ? error.details : null
  const byStatus: Record<number, LogoutFailureReason> = {
    400: 'MESSAGE_MISSING',
    413: 'MESSAGE_TOO_LARGE',
    415: 'MESSAGE_MISSING',
  }
  const limited = details?.code === 'RATE_LIMITED'
  const reason = limited ? 'RATE_LIMITED' : (byStatus[error.statusCode ?? 500] ?? 'INTERNAL_ERROR')
  if (limited) reply.header('retry-after', details.retryAfter)
  if (reason === 'INTERNAL_ERROR')
    request.log.error({ err: error, requestId: request.id }, 'a logout failed unexpectedly')
  return sendRefusal(reply, { reason, reference: request.id })
}

function send(reply: FastifyReply, received: Received): FastifyReply {
  if ('refusal' in received) return sendRefusal(reply, received.refusal)
  if ('redirectUrl' in received) return reply.redirect(received.redirectUrl, 303)
  return reply.type('text/html; charset=utf-8').send(signedOutPage())
}

/** Everything after the first question mark, as it arrived. */
const rawQuery = (url: string): string => url.slice(url.includes('?') ? url.indexOf('?') + 1 : url.length)

/**
 * The browser's way through single logout. Like the ACS, the address takes a POST from another site: it needs no
 * cookie, and nothing but a message that the identity provider signed has an effect.
 */
export function registerLogoutRoutes(server: FastifyInstance, createContext: CreateContext): void {
  const options = {
    errorHandler: onError,
    onRequest: async (_request: FastifyRequest, reply: FastifyReply) => {
      reply.header('cache-control', 'no-store')
    },
  }
  server.get<WithConnection>('/sso/:connectionId/slo', options, async (request, reply) => {
    const ctx = await createContext(request)
    const carried = { binding: 'redirect', query: rawQuery(request.url) } as const
    return send(reply, await receiveLogout(ctx, request.params.connectionId, carried))
  })
  server.post<WithConnection>('/sso/:connectionId/slo', options, async (request, reply) => {
    const ctx = await createContext(request)
    const carried = { binding: 'post', fields: formFields(request) } as const
    return send(reply, await receiveLogout(ctx, request.params.connectionId, carried))
  })
  server.get<WithConnection & { Querystring: { request?: unknown } }>(
    '/sso/:connectionId/slo/finish',
    options,
    async (request, reply) => {
      const ctx = await createContext(request)
      return reply.redirect(await finishLogout(ctx, request.params.connectionId, request.query.request), 303)
    },
  )
}
