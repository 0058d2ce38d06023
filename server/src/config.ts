import { isIP } from 'node:net'
import { z } from 'zod'
import { parseEmail } from './core/email.ts'
import { isLoopbackHost } from './core/loopback.ts'
import { type MasterKeys, parseMasterKeys } from './core/master-keys.ts'
import type { MailSettings } from './mail/smtp.ts'

const portRange = 'must be a number from 1 to 65535.'
const onOff = z.enum(['on', 'off'], 'must be on or off.')
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** `sso@example.com`, or a name before it in angle brackets. */
function isSender(text: string): boolean {
  const [, address = text] = /^[^<>\p{Cc}]{1,100}<([^<>]+)>$/u.exec(text) ?? []
  return parseEmail(address) !== null
}

/** A server, with a name and a password at most, percent-encoded so that they can be read back. */
function isSmtpUrl(text: string): boolean {
  if (!/^smtps?:\/\/[^/?#]+\/?$/.test(text)) return false
  try {
    const { username, password, hostname } = new URL(text)
    decodeURIComponent(username + password)
    return hostname !== ''
  } catch {
    return false
  }
}

/** An IP address, with a port at most: Node ends the whole process over port 0. */
function isServer(server: string): boolean {
  if (isIP(server) !== 0) return true
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(server) ?? []
  const known = bracketed === undefined ? isIP(plain ?? '') === 4 : isIP(bracketed) === 6
  return known && Number(port) >= 1 && Number(port) <= 65535
}

// Each message goes on where the variable's name stops.
const schema = z.object({
  PORT: z.coerce.number(portRange).int(portRange).min(1, portRange).max(65535, portRange).default(4000),
  HOST: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as https://sso.example.com.' }).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://.')
    .optional(),
  DATA_DIR: z.string().min(1).optional(),
  ENCRYPTION_KEY: z
    .string()
    .transform((text, context) => {
      const keys = parseMasterKeys(text)
      if (keys !== null) return keys
      const message = 'must be Base64 of 32 random bytes, as `openssl rand -base64 32` makes it; several with commas.'
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })
    .optional(),
  SETUP_TOKEN: z.string().min(16, 'must have at least 16 characters.').optional(),
  RATE_LIMITS: onOff.default('on'),
  TRUST_PROXY: z
    .string()
    .regex(/^(on|off|[1-9])$/, 'must be off, on, or the number of proxies, 1 to 9.')
    .default('off'),
  DNS_SERVERS: z
    .string()
    .transform((text) => text.split(',').map((server) => server.trim()))
    .refine(
      (servers) => servers.every(isServer),
      'must be addresses such as 192.0.2.53 or 192.0.2.53:5353, with commas.',
    )
    .optional(),
  ALLOW_PRIVATE_METADATA_URLS: onOff.default('off'),
  SMTP_URL: z
    .string()
    .refine(
      isSmtpUrl,
      'must be an address such as smtps://user:password@smtp.example.com:465, with special characters of the password percent-encoded.',
    )
    .optional(),
  MAIL_FROM: z.string().refine(isSender, 'must be an address such as Gatehouse <sso@example.com>.').optional(),
  DEV_INBOX: onOff.optional(),
  LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(', ')}.`).default('info'),
})

/** What the operator decides, read once from the environment; docs/operations.md lists the variables. */
export type Config = {
  port: number
  host: string
  /** Origin under which browsers and identity providers reach us, without a trailing slash. */
  publicUrl: string
  /** Cookies are Secure and carry the __Host- prefix. True when publicUrl is https. */
  secureCookies: boolean
  /** The operator's PostgreSQL; null means the embedded one under dataDir. */
  databaseUrl: string | null
  dataDir: string
  /** What secrets in the database are sealed with, the first one sealing; null means the file under dataDir. */
  encryptionKeys: MasterKeys | null
  setupToken: string | null
  rateLimits: boolean
  /**
   * How many proxies of the operator's stand before us, each adding the address it was called from to
   * X-Forwarded-For. What stands before their entries in that header anybody may have written.
   */
  trustedProxies: number
  /** Let metadata URLs lead to private addresses, for identity providers inside the operator's own network. */
  allowPrivateMetadataUrls: boolean
  /** Where the DNS is asked about domains; null: where the operating system asks. */
  dnsServers: string[] | null
  /** Where mail goes out; null when none is sent. */
  mail: MailSettings | null
  /** Mail that would be sent is kept, and read at /dev/inbox on this machine. Never with mail or a public address. */
  devInbox: boolean
  logLevel: string
}

/**
 * Reads and checks the configuration.
 * @throws an Error whose message names each wrong variable and the fix.
 */
export function readConfig(environment: Record<string, string | undefined>, defaultDataDir: string): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(set)
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`))
    throw new Error(`The configuration is wrong:\n${[...wrong].join('\n')}`)
  }
  const env = parsed.data
  const publicUrl = new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`)
  if (publicUrl.pathname !== '/' || publicUrl.search !== '' || publicUrl.hash !== '') {
    throw new Error(
      'The configuration is wrong:\nPUBLIC_URL must be an origin such as https://sso.example.com, without a path.',
    )
  }
  if ((env.SMTP_URL === undefined) !== (env.MAIL_FROM === undefined)) {
    throw new Error(
      'The configuration is wrong:\nSMTP_URL and MAIL_FROM go together: set both to send mail, or neither.',
    )
  }
  const local = isLoopbackHost(publicUrl.hostname)
  // Whoever tries it out on their own machine sees what would be sent.
  const usual = env.PUBLIC_URL === undefined && env.SMTP_URL === undefined ? 'on' : 'off'
  const devInbox = (env.DEV_INBOX ?? usual) === 'on'
  if (devInbox && (env.SMTP_URL !== undefined || !local)) {
    throw new Error(
      'The configuration is wrong:\nDEV_INBOX shows everybody’s mail, so it goes with a PUBLIC_URL on this machine, such as http://localhost:4000, and without SMTP_URL.',
    )
  }
  return {
    port: env.PORT,
    // Without a public address only this machine is served.
    host: env.HOST ?? (publicUrl.hostname === 'localhost' ? 'localhost' : '0.0.0.0'),
    publicUrl: publicUrl.origin,
    secureCookies: publicUrl.protocol === 'https:',
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir: env.DATA_DIR ?? defaultDataDir,
    encryptionKeys: env.ENCRYPTION_KEY ?? null,
    setupToken: env.SETUP_TOKEN ?? null,
    rateLimits: env.RATE_LIMITS === 'on',
    trustedProxies: env.TRUST_PROXY === 'off' ? 0 : env.TRUST_PROXY === 'on' ? 1 : Number(env.TRUST_PROXY),
    allowPrivateMetadataUrls: env.ALLOW_PRIVATE_METADATA_URLS === 'on',
    dnsServers: env.DNS_SERVERS ?? null,
    mail:
      env.SMTP_URL === undefined || env.MAIL_FROM === undefined ? null : { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
    devInbox,
    logLevel: env.LOG_LEVEL,
  }
}

/** The configuration of this process. */
export const readProcessConfig = (defaultDataDir: string): Config => readConfig(process.env, defaultDataDir)
