import { z } from 'zod'

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  DATA_DIR: z.string().min(1).optional(),
  SETUP_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  TRUST_PROXY: z.enum(['on', 'off']).default('off'),
  ALLOW_PRIVATE_METADATA_URLS: z.enum(['on', 'off']).default('off'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
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
  setupToken: string | null
  rateLimits: boolean
  /** Take the client's address from X-Forwarded-For: only behind a proxy that sets it. */
  trustProxy: boolean
  /** Let metadata URLs lead to private addresses, for identity providers inside the operator's own network. */
  allowPrivateMetadataUrls: boolean
  logLevel: string
}

/**
 * Reads and checks the configuration.
 * @throws an Error whose message names each wrong variable and the fix.
 */
export function readConfig(environment: Record<string, string | undefined>, defaultDataDir: string): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(set)
  if (!parsed.success) throw new Error(`The configuration is wrong:\n${z.prettifyError(parsed.error)}`)
  const env = parsed.data
  const publicUrl = new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`)
  if (publicUrl.pathname !== '/' || publicUrl.search !== '' || publicUrl.hash !== '') {
    throw new Error(
      'The configuration is wrong:\nPUBLIC_URL must be an origin such as https://sso.example.com, without a path.',
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
    setupToken: env.SETUP_TOKEN ?? null,
    rateLimits: env.RATE_LIMITS === 'on',
    trustProxy: env.TRUST_PROXY === 'on',
    allowPrivateMetadataUrls: env.ALLOW_PRIVATE_METADATA_URLS === 'on',
    logLevel: env.LOG_LEVEL,
  }
}

/** The configuration of this process. */
export const readProcessConfig = (defaultDataDir: string): Config => readConfig(process.env, defaultDataDir)
