import type { FastifyRequest } from 'fastify'

/** Bindings 3.5.4: a message is a field of a form, so that a body of any other kind holds none. */
export function formFields(request: FastifyRequest): Record<string, unknown> {
  const isForm = /^application\/x-www-form-urlencoded(;|$)/i.test(request.headers['content-type'] ?? '')
  return isForm ? ((request.body ?? {}) as Record<string, unknown>) : {}
}
