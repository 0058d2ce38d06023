import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AdapterConstructor, type Configuration, Provider } from 'oidc-provider'

/** Somebody as the identity provider knows them. */
export type OidcPerson = { sub: string; email?: string; name?: string; [claim: string]: unknown }

type Claims = Record<string, unknown>
type SigningKey = { kid: string; alg: 'RS256' | 'PS256' | 'ES256'; privateKey: KeyObject; publicKey: KeyObject }

/** What this identity provider says that is not so. Each is one lie; absent ones are the truth. */
export type OidcLies = {
  /** Changes what the ID token says, before it is signed. */
  claims?: (claims: Claims) => Claims
  /** The whole ID token instead of the one that would be sent. */
  idToken?: (claims: Claims, header: Claims) => string
  /** The token endpoint's whole answer. */
  token?: { status: number; body: unknown }
  /** What the discovery document says beside or instead of the truth; or its whole answer. */
  discovery?: Claims | { status: number; location?: string; text?: string }
  userinfo?: (claims: Claims) => Claims
  userinfoStatus?: number
  /** What the keys' address answers. */
  jwks?: { status: number; body: unknown }
}

export const newSigningKey = (alg: SigningKey['alg'] = 'RS256'): SigningKey => {
  const pair =
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { kid: randomUUID(), alg, ...pair }
}

/** Made once: making one takes long. */
const usual = newSigningKey()

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT signed with this key. */
export function signJwt(
  claims: Claims,
  key: SigningKey,
  header: Claims = { alg: key.alg, kid: key.kid, typ: 'JWT' },
): string {
  const input = `${encode(header)}.${encode(claims)}`
  const padding = key.alg === 'PS256' ? { padding: 6, saltLength: 32 } : {}
  const options = { key: key.privateKey, dsaEncoding: 'ieee-p1363' as const, ...padding }
  return `${input}.${sign('sha256', Buffer.from(input), options).toString('base64url')}`
}

/** A JWT without a signature, and one signed with a secret that both sides know. */
export const unsignedJwt = (claims: Claims): string => `${encode({ alg: 'none' })}.${encode(claims)}.`
export const hmacJwt = (claims: Claims, secret: string): string => {
  const input = `${encode({ alg: 'HS256' })}.${encode(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

const decode = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))

export const accessTokenHash = (accessToken: string): string =>
  createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url')

const publicJwk = ({ kid, alg, publicKey }: SigningKey): Claims => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
  alg,
  use: 'sig',
})

type Registered = { client_id: string; client_secret: string; redirect_uris: string[]; initiate?: string }

/**
 * npm oidc-provider, shaped like an Okta organization: the issuer is its address, and its endpoints are under
 * /oauth2/v1. It signs ID tokens by code of its own here, so that it can lie and replace its keys.
 */
export class OpenIdProvider {
  readonly issuer: string
  lies: OidcLies = {}
  /** Who is signed in there when a browser comes; null: it asks who it is. */
  person: OidcPerson | null = null
  key = usual
  /** What it publishes: its key, unless a test says otherwise. */
  published: SigningKey[] = [this.key]
  /** Paths in the order in which they were asked. */
  readonly visits: string[] = []
  readonly clientId = '0oatestclient0000001'
  readonly clientSecret = 'okta-like-client-secret-0123456789abcdef'
  readonly people = new Map<string, OidcPerson>()
  #client: Registered | null = null
  readonly #provider: Provider
  readonly #server: ReturnType<typeof createServer>

  private constructor(server: ReturnType<typeof createServer>, options: { thin?: boolean; authMethod?: string }) {
    this.#server = server
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    this.#provider = new Provider(this.issuer, this.#configuration(options))
    this.#provider.use(async (ctx, next) => {
      this.visits.push(ctx.path)
      await next()
      await this.#lie(ctx)
    })
    const callback = this.#provider.callback()
    server.on('request', (request, response) => void this.#handle(request, response, callback))
  }

  static async start(options: { thin?: boolean; authMethod?: string } = {}): Promise<OpenIdProvider> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new OpenIdProvider(server, options)
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  /** The application over there, as an administrator sets it up. */
  register(connection: { redirectUrl: string; loginUrl?: string }): void {
    this.#client = {
      client_id: this.clientId,
      client_secret: this.clientSecret,
      redirect_uris: [connection.redirectUrl],
      ...(connection.loginUrl !== undefined && { initiate: connection.loginUrl }),
    }
  }

  /** A new key takes over, and the old one is published no longer. */
  replaceKey(alg: SigningKey['alg'] = 'RS256'): void {
    this.key = newSigningKey(alg)
    this.published = [this.key]
  }

  #configuration({
    thin = false,
    authMethod = 'client_secret_basic',
  }: {
    thin?: boolean
    authMethod?: string
  }): Configuration {
    const clientOf = (id: string) =>
      this.#client?.client_id === id
        ? {
            client_id: id,
            client_secret: this.#client.client_secret,
            redirect_uris: this.#client.redirect_uris,
            token_endpoint_auth_method: authMethod,
            grant_types: ['authorization_code'],
            response_types: ['code'],
          }
        : undefined
    return {
      adapter: adapterOf(clientOf),
      jwks: {
        keys: [{ ...usual.privateKey.export({ format: 'jwk' }), kid: 'unused', use: 'sig', alg: 'RS256' }] as never,
      },
      conformIdTokenClaims: thin,
      routes: {
        authorization: '/oauth2/v1/authorize',
        token: '/oauth2/v1/token',
        jwks: '/oauth2/v1/keys',
        userinfo: '/oauth2/v1/userinfo',
      },
      scopes: ['openid', 'profile', 'email', 'groups'],
      claims: {
        openid: ['sub'],
        // As Okta sends them: to whom asks.
        groups: ['groups'],
        profile: ['name', 'given_name', 'family_name', 'preferred_username'],
        email: ['email', 'email_verified'],
      },
      findAccount: (_ctx, sub) => {
        const person = this.people.get(sub)
        return person && { accountId: sub, claims: () => ({ ...person }) }
      },
      features: { devInteractions: { enabled: false }, userinfo: { enabled: true } },
      pkce: { required: () => true },
      interactions: { url: (_ctx, { uid }) => `/signin/${uid}` },
      cookies: { keys: [randomUUID()] },
      ttl: { IdToken: 3600, AccessToken: 3600, AuthorizationCode: 300, Session: 7200, Interaction: 3600, Grant: 7200 },
      renderError: (ctx, out) => {
        ctx.type = 'text'
        ctx.body = `${out.error}: ${out.error_description}`
      },
      // Everything is granted, as to an application that an administrator assigns.
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client?.clientId ?? '',
          accountId: oidc.session?.accountId ?? '',
        })
        grant.addOIDCScope('openid profile email groups')
        await grant.save()
        return grant
      },
    }
  }

  async #lie(ctx: {
    path: string
    status: number
    body: unknown
    set(name: string, value: string): void
  }): Promise<void> {
    const { lies } = this
    if (ctx.path === '/.well-known/openid-configuration') {
      ctx.body = { ...(ctx.body as Claims), id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'] }
    }
    if (ctx.path === '/.well-known/openid-configuration' && lies.discovery !== undefined) {
      const { discovery } = lies
      if (!('status' in discovery)) ctx.body = { ...(ctx.body as Claims), ...discovery }
      else {
        ctx.status = Number(discovery.status)
        if (typeof discovery['location'] === 'string') ctx.set('location', discovery['location'])
        ctx.body = typeof discovery['text'] === 'string' ? discovery['text'] : ''
      }
    }
    if (ctx.path === '/oauth2/v1/keys') {
      ctx.status = lies.jwks?.status ?? 200
      ctx.body = lies.jwks?.body ?? { keys: this.published.map(publicJwk) }
    }
    if (ctx.path === '/oauth2/v1/userinfo') {
      if (lies.userinfo !== undefined) ctx.body = lies.userinfo(ctx.body as Claims)
      if (lies.userinfoStatus !== undefined) ctx.status = lies.userinfoStatus
    }
    if (ctx.path !== '/oauth2/v1/token') return
    const answer = ctx.body as Claims
    if (typeof answer['id_token'] === 'string') {
      const { at_hash: _, ...truth } = decode(answer['id_token'])
      const full = { ...truth, at_hash: accessTokenHash(String(answer['access_token'])) }
      const claims = lies.claims?.(full) ?? full
      const header = { alg: this.key.alg, kid: this.key.kid }
      ctx.body = { ...answer, id_token: lies.idToken?.(claims, header) ?? signJwt(claims, this.key, header) }
    }
    if (lies.token !== undefined) {
      ctx.status = lies.token.status
      ctx.body = lies.token.body
    }
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
    callback: (request: IncomingMessage, response: ServerResponse) => unknown,
  ): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.issuer)
    if (pathname === '/home/tile') return this.#openTile(response)
    if (!pathname.startsWith('/signin/')) return void callback(request, response)
    const person = this.person ?? (request.method === 'POST' ? this.people.get(await whoIn(request)) : undefined)
    if (person === undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      return void response.end(signInPage(pathname))
    }
    this.people.set(person.sub, person)
    const result = { login: { accountId: person.sub } }
    await this.#provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  }

  /** The dashboard's tile: Okta calls the Initiate login URI with its own name (OpenID Connect Core 4). */
  #openTile(response: ServerResponse): void {
    const url = new URL(this.#client?.initiate ?? this.issuer)
    url.searchParams.set('iss', this.issuer)
    response.writeHead(302, { location: url.href }).end()
  }
}

async function whoIn(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return new URLSearchParams(body).get('identifier') ?? ''
}

const signInPage = (action: string): string => `<!doctype html><html lang="en"><title>Sign in at Okta</title>
<form method="post" action="${action}"><label>Username <input name="identifier" autofocus></label><button>Sign in</button></form></html>`

type ClientOf = (id: string) => Record<string, unknown> | undefined

/** Everything in memory, but for the one client, which changes under the provider's hands. */
function adapterOf(clientOf: ClientOf): AdapterConstructor {
  const stored = new Map<string, Record<string, unknown>>()
  const byUid = new Map<string, string>()
  return class {
    constructor(readonly name: string) {}
    readonly #key = (id: string): string => `${this.name}:${id}`
    async upsert(id: string, payload: Record<string, unknown>): Promise<void> {
      stored.set(this.#key(id), payload)
      if (typeof payload['uid'] === 'string') byUid.set(payload['uid'], id)
    }
    async find(id: string): Promise<Record<string, unknown> | undefined> {
      return this.name === 'Client' ? clientOf(id) : stored.get(this.#key(id))
    }
    async findByUid(uid: string): Promise<Record<string, unknown> | undefined> {
      return this.find(byUid.get(uid) ?? '')
    }
    async findByUserCode(): Promise<undefined> {
      return undefined
    }
    async consume(id: string): Promise<void> {
      const found = stored.get(this.#key(id))
      if (found !== undefined) found['consumed'] = Math.floor(Date.now() / 1000)
    }
    async destroy(id: string): Promise<void> {
      stored.delete(this.#key(id))
    }
    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, payload] of stored) if (payload['grantId'] === grantId) stored.delete(key)
    }
  }
}
