import { createTransport } from 'nodemailer'
import { isLoopbackHost } from '../core/loopback.ts'
import type { MailRow } from './mail-outbox.store.ts'

/** Where mail goes out, and as whom. */
export type MailSettings = { smtpUrl: string; from: string }

/** Hands one mail over to the SMTP server. @throws when the server does not take it. */
export type SendMail = (mail: Pick<MailRow, 'id' | 'recipient' | 'subject' | 'text' | 'html'>) => Promise<void>

const timeout = 10_000

/**
 * smtps:// is TLS from the first byte; smtp:// goes over to TLS where the server offers it, and must before a password
 * is sent anywhere but to this machine.
 */
export function createSmtp({ smtpUrl, from }: MailSettings): SendMail {
  const url = new URL(smtpUrl)
  const secure = url.protocol === 'smtps:'
  const here = isLoopbackHost(url.hostname)
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
  const transport = createTransport({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A relay on this machine seldom has a certificate that holds, and nobody listens in between.
    ignoreTLS: here,
    requireTLS: !secure && user !== '' && !here,
    ...(user !== '' && { auth: { user, pass } }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    // What is sent is text that we made: nothing of it may name a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.replace(/^.*@|>$/g, '')
  return async ({ id, recipient, subject, text, html }) => {
    // The same ID each time: should it arrive twice after a crash, mail programs show it once.
    const messageId = `<${id}@${domain}>`
    const headers = { 'Auto-Submitted': 'auto-generated' }
    await transport.sendMail({ from, to: { name: '', address: recipient }, subject, text, html, messageId, headers })
  }
}
