import { isIPv4 } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { escapeHtml } from '../core/escape-html.ts'
import { findMail, listMail, type MailRow } from '../mail/mail-outbox.store.ts'
import { page } from '../sso/login/page.ts'
import type { AppParts } from './request-context.ts'

const isHere = (address: string): boolean => {
  const plain = address.replace(/^::ffff:/, '')
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'))
}

const time = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

const listed = ({ id, recipient, subject, createdAt }: MailRow): string =>
  `<p><a href="/dev/inbox/${id}">${escapeHtml(subject)}</a><br><span class="soft">to ${escapeHtml(recipient)}, ${time(createdAt)}</span></p>`

const linked = (text: string): string =>
  escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`)

function showInbox(mails: readonly MailRow[]): string {
  const none = '<p>Nothing yet. What would be sent by mail, such as an invitation, appears here.</p>'
  const note = '<p class="soft">No mail server is configured (SMTP_URL), so nothing is sent. Kept for a week.</p>'
  return page('Dev inbox', `<h1>Dev inbox</h1>${note}<hr>${mails.length === 0 ? none : mails.map(listed).join('')}`)
}

function showMail({ id, recipient, subject, text, createdAt }: MailRow): string {
  const head = `<p class="soft">to ${escapeHtml(recipient)}, ${time(createdAt)}</p>`
  const ways = `<p class="soft"><a href="/dev/inbox/${id}/html">As HTML</a> · <a href="/dev/inbox">All mail</a></p>`
  const body = text
    .trim()
    .split('\n\n')
    .map((paragraph) => `<p>${linked(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('')
  return page(subject, `<h1>${escapeHtml(subject)}</h1>${head}<hr>${body}<hr>${ways}`)
}

/**
 * What would be sent by mail, for a developer on this machine (DEV_INBOX). Mail holds links that let people in, so nobody
 * else gets an answer: neither another machine, nor a page that leads this browser here under another name.
 */
export function registerDevInbox(server: FastifyInstance, { config, db }: AppParts): void {
  const { host } = new URL(config.publicUrl)
  const guard = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store')
    if (isHere(request.ip) && request.headers.host === host) return
    return reply.code(404).type('text/plain').send('There is nothing at this address.\n')
  }
  const html = (reply: FastifyReply, body: string) => reply.type('text/html; charset=utf-8').send(body)
  const missing = (reply: FastifyReply) =>
    html(reply.code(404), page('No such mail', '<h1>No such mail</h1><p><a href="/dev/inbox">All mail</a></p>'))
  server.get('/dev/inbox', { onRequest: guard }, async (_request, reply) => html(reply, showInbox(await listMail(db))))
  const found = (id: string) => findMail(db, id.replaceAll('\0', ''))
  type ById = { Params: { id: string } }
  server.get<ById>('/dev/inbox/:id', { onRequest: guard }, async (request, reply) => {
    const mail = await found(request.params.id)
    return mail === null ? missing(reply) : html(reply, showMail(mail))
  })
  server.get<ById>('/dev/inbox/:id/html', { onRequest: guard }, async (request, reply) => {
    const mail = await found(request.params.id)
    if (mail === null) return missing(reply)
    // Mail programs know styles in attributes alone.
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    return html(reply, mail.html)
  })
}
