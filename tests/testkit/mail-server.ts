import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { createTls } from './tls.ts'

export type ReceivedMail = { from: string; to: string[]; user: string | null; secure: boolean; raw: string }

export type MailServer = {
  port: number
  received: ReceivedMail[]
  /** Every name and password that somebody tried. */
  passwords: string[]
  /** Takes nothing until it is told otherwise. */
  refuse(refuses: boolean): void
  close(): Promise<void>
}

/** A real SMTP server on this machine that keeps what it gets; nobody trusts its certificate. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const passwords: string[] = []
  let refuses = false
  const { key, cert } = await createTls(['localhost'])
  const server = new SMTPServer({
    key,
    cert,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 500,
    ...options,
    onAuth({ username = '', password = '' }, _session, callback) {
      passwords.push(`${username}:${password}`)
      callback(null, { user: username })
    },
    onMailFrom(_address, _session, callback) {
      callback(refuses ? Object.assign(new Error('Not today'), { responseCode: 451 }) : null)
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          user: session.user ?? null,
          secure: session.secure,
          raw: Buffer.concat(chunks).toString('utf8'),
        })
        callback()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    passwords,
    refuse(wanted) {
      refuses = wanted
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The head of a mail by name, in lower case, and its parts with their encoding undone. */
export function readMail({ raw }: ReceivedMail): { headers: Map<string, string>; text: string; html: string } {
  const [head = '', ...body] = raw.split('\r\n\r\n')
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
  const boundary = /boundary="?([^";\r\n]+)/.exec(head)?.[1] ?? ''
  const parts = body.join('\r\n\r\n').split(`--${boundary}`)
  const partOf = (type: string): string => {
    const part = parts.find((each) => each.includes(`Content-Type: ${type}`)) ?? ''
    const at = part.indexOf('\r\n\r\n')
    return decode(part.slice(0, at), part.slice(at + 4))
  }
  return { headers, text: partOf('text/plain'), html: partOf('text/html') }
}

function decode(head: string, body: string): string {
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  if (!/transfer-encoding: quoted-printable/i.test(head)) return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
