import { createHash, randomBytes } from 'node:crypto'
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { style } from '../sso/login/page.ts'

/** Of the pages that we write ourselves, which all have this one style sheet. */
const ownStyle = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

/** Scripts come from our own origin only, and style sheets too, but for one known by its hash. Nobody may frame us. */
const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': `'self' ${ownStyle}`,
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
  'object-src': "'none'",
}

const written = (directives: Record<string, string>): string =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')

const usual = written(policy)

/**
 * The policy of a page whose scripts make style sheets, as the console's design system does: each carries the nonce
 * (Content Security Policy 3, section 8.1).
 */
export function createPagePolicy(): { nonce: string; header: string } {
  const nonce = randomBytes(16).toString('base64')
  return { nonce, header: written({ ...policy, 'style-src': `${policy['style-src']} 'nonce-${nonce}'` }) }
}

/** Headers of every answer. */
export async function registerSecurityHeaders(server: FastifyInstance, https: boolean): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: false,
    // No address of ours, which may carry a one-time token, is told to another site.
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', usual)
  })
  server.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  })
}
