import type { FastifyRequest } from 'fastify'

/**
 * True when a browser sent the request from our own pages, or no browser sent it. Fetch Metadata decides where it is
 * sent; else the Origin header. A request without either comes from no current browser and cannot be forged by one.
 */
export function isSameOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  return origin === undefined || origin === publicUrl
}
