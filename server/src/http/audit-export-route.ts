import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuditEventSearch } from '../audit/audit-event-filter.ts'
import { type ExportFormat, exportAuditLog } from '../audit/export-audit-log.ts'
import { AppError, badUserInput, forbidden, notFound } from '../core/errors.ts'
import { isUnstorableText } from '../db/constraint-error.ts'
import { findVisibleOrganizationBySlug } from '../organization/get-organization.ts'
import { countRequest } from './count-request.ts'
import { type AppParts, createRequestContext } from './request-context.ts'

type Query = Partial<Record<'type' | 'actorId' | 'query' | 'from' | 'to', unknown>>

const contentTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
}

const statuses: Partial<Record<AppError['details']['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
}

/** A parameter that stands there twice is none that we know. */
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function instantOf(value: unknown, path: 'from' | 'to'): Date | null {
  const text = textOf(value)
  if (text === null) return null
  const at = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) ? new Date(text) : null
  if (at !== null && !Number.isNaN(at.getTime())) return at
  const message = 'Use an instant with a time zone, such as 2026-11-25T10:00:00Z.'
  throw badUserInput([{ path, reason: 'WRONG_TYPE', message }])
}

const searchOf = ({ type, actorId, query, from, to }: Query): AuditEventSearch => ({
  type: textOf(type),
  actorId: textOf(actorId),
  query: textOf(query),
  from: instantOf(from, 'from'),
  to: instantOf(to, 'to'),
})

/** The form of all errors of the API, with the status that goes with it. */
function onError(thrown: Error, request: FastifyRequest, reply: FastifyReply): void {
  // A NUL in the address, with which no organization has ever been stored.
  const error = isUnstorableText(thrown) ? notFound('organization') : thrown
  if (!(error instanceof AppError)) throw error
  const { details, message } = error
  if (details.code === 'RATE_LIMITED') reply.header('retry-after', details.retryAfter)
  const extensions = { ...details, requestId: request.id }
  void reply.code(statuses[details.code] ?? 400).send({ errors: [{ message, extensions }] })
}

/**
 * The audit log as a file: for people from our own pages, since their cookie would come with a link on any other too, and
 * for scripts with an access token.
 */
export function registerAuditExport(server: FastifyInstance, parts: AppParts): void {
  const noStore = async (_request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store')
  }
  for (const format of ['csv', 'jsonl'] as const) {
    server.get<{ Params: { slug: string }; Querystring: Query }>(
      `/organizations/:slug/audit-events.${format}`,
      { onRequest: noStore, errorHandler: onError },
      async (request, reply) => {
        const ctx = await createRequestContext(request, parts)
        await countRequest(ctx, request)
        const site = request.headers['sec-fetch-site']
        if (site !== undefined && site !== 'same-origin' && site !== 'none') {
          throw forbidden('same-origin', 'Open this from the audit log of the console.')
        }
        const organization = await findVisibleOrganizationBySlug(ctx, request.params.slug)
        if (organization === null) throw notFound('organization')
        const pieces = await exportAuditLog(ctx, organization.id, format, searchOf(request.query))
        const day = ctx.clock.now().toISOString().slice(0, 10)
        const name = `${organization.slug}-audit-log-${day}.${format}`
        return reply
          .header('content-disposition', `attachment; filename="${name}"`)
          .type(contentTypes[format])
          .send(Readable.from(pieces))
      },
    )
  }
}
