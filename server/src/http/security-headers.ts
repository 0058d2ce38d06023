import { createHash, randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { style } from '../sso/login/page.ts'

const nonces = new WeakMap<ServerResponse, string>()

/** What a style sheet of this answer, or one that its scripts make, has to carry (Content Security Policy 3, 8.1). */
export function styleNonce({ raw }: Pick<FastifyReply, 'raw'>): string {
  const known = nonces.get(raw) ?? randomBytes(16).toString('base64')
  nonces.set(raw, known)
  return known
}

/** Of the pages that we write ourselves, which all have this one style sheet. */
const ownStyle = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

/**
 * Headers of every answer. Scripts come from our own origin only; style sheets too, but for those that the console's
 * design system makes, which carry a nonce, and that of our own pages, which is known by its hash. Nobody may frame us.
 */
export async function registerSecurityHeaders(server: FastifyInstance, https: boolean): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: [
          "'self'",
          ownStyle,
          (_request, response) =>
            `'nonce-${styleNonce({ raw: response as ServerResponse } as Pick<FastifyReply, 'raw'>)}'`,
        ],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    // No address of ours, which may carry a one-time token, is told to another site.
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
  server.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  })
}
