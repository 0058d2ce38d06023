import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hours, minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { lastAttempt } from '../testkit/oidc-attempts.ts'
import {
  answerOf,
  comeBack,
  connectOkta,
  type OidcConnection,
  signInByOidc,
  startOidc,
} from '../testkit/oidc-scenario.ts'
import {
  hmacJwt,
  newSigningKey,
  type OidcLies,
  type OidcPerson,
  OpenIdProvider,
  signJwt,
  unsignedJwt,
} from '../testkit/openid-provider.ts'
import { completeSetup, type Organization, type Step } from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let owner: GraphqlClient
let organization: Organization
let idp: OpenIdProvider
let connection: OidcConnection
beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock, environment: { ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  ;({ organization, owner } = await completeSetup(app))
})
afterAll(() => app.close())
beforeEach(async () => {
  idp = await OpenIdProvider.start()
  connection = await connectOkta(owner, organization.id, idp)
})
afterEach(() => idp.close())

let number = 0
const somebody = (): OidcPerson => {
  number += 1
  const email = `victim-${number}@acme.example`
  return { sub: `00v${number}`, email, email_verified: true, name: `Victim ${number}` }
}
const refusal = (step: Step): string => ('refused' in step ? step.refused : `led to ${step.location}`)
const attempt = () => lastAttempt(owner, connection.id)
const memberCount = async (): Promise<number> => {
  const { organization: found } = await owner.run<{ organization: { memberships: { totalCount: number } } }>(
    'query($slug: String!) { organization(slug: $slug) { memberships(first: 1) { totalCount } } }',
    { slug: organization.slug },
  )
  return found.memberships.totalCount
}
const seconds = () => Math.floor(clock.now().getTime() / 1000)
const stranger = newSigningKey()
const without = (name: string) => (claims: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name))

/** What the ID token says in one thing that is not so, and what that is called. */
const lies: [name: string, lie: () => OidcLies, reason: string, check: string][] = [
  ['another nonce', () => ({ claims: (c) => ({ ...c, nonce: 'another' }) }), 'ID_TOKEN_NONCE', 'nonce'],
  ['no nonce', () => ({ claims: without('nonce') }), 'ID_TOKEN_NONCE', 'nonce'],
  ['another audience', () => ({ claims: (c) => ({ ...c, aud: 'another' }) }), 'ID_TOKEN_AUDIENCE', 'audience'],
  ['no audience', () => ({ claims: without('aud') }), 'ID_TOKEN_AUDIENCE', 'audience'],
  [
    'several audiences and no authorized party',
    () => ({ claims: (c) => ({ ...c, aud: [c['aud'], 'another'] }) }),
    'ID_TOKEN_AUDIENCE',
    'authorizedParty',
  ],
  [
    'another authorized party',
    () => ({ claims: (c) => ({ ...c, azp: 'another' }) }),
    'ID_TOKEN_AUDIENCE',
    'authorizedParty',
  ],
  ['another issuer', () => ({ claims: (c) => ({ ...c, iss: 'https://evil.example' }) }), 'ID_TOKEN_ISSUER', 'issuer'],
  [
    'our issuer with a slash',
    () => ({ claims: (c) => ({ ...c, iss: `${String(c['iss'])}/` }) }),
    'ID_TOKEN_ISSUER',
    'issuer',
  ],
  [
    'a time that has passed',
    () => ({ claims: (c) => ({ ...c, exp: seconds() - 181 }) }),
    'ID_TOKEN_EXPIRED',
    'expires',
  ],
  ['no end', () => ({ claims: without('exp') }), 'ID_TOKEN_EXPIRED', 'expires'],
  ['an end that is text', () => ({ claims: (c) => ({ ...c, exp: '9999999999' }) }), 'ID_TOKEN_EXPIRED', 'expires'],
  ['a time to come', () => ({ claims: (c) => ({ ...c, iat: seconds() + 300 }) }), 'ID_TOKEN_NOT_YET_VALID', 'issuedAt'],
  ['no time', () => ({ claims: without('iat') }), 'ID_TOKEN_NOT_YET_VALID', 'issuedAt'],
  [
    'a beginning to come',
    () => ({ claims: (c) => ({ ...c, nbf: seconds() + 300 }) }),
    'ID_TOKEN_NOT_YET_VALID',
    'validFrom',
  ],
  ['no subject', () => ({ claims: without('sub') }), 'SUBJECT_MISSING', 'subject'],
  ['an empty subject', () => ({ claims: (c) => ({ ...c, sub: ' ' }) }), 'SUBJECT_MISSING', 'subject'],
  [
    'another access token',
    () => ({ claims: (c) => ({ ...c, at_hash: 'x'.repeat(22) }) }),
    'ACCESS_TOKEN_MISMATCH',
    'accessTokenHash',
  ],
  [
    'a signature by another key of the same name',
    () => ({ idToken: (c, h) => signJwt(c, { ...stranger, kid: String(h['kid']) }) }),
    'ID_TOKEN_SIGNATURE',
    'signature',
  ],
  [
    'a signature by a key that is not published',
    () => ({ idToken: (c) => signJwt(c, stranger) }),
    'ID_TOKEN_SIGNATURE',
    'signature',
  ],
  ['no signature (alg none)', () => ({ idToken: unsignedJwt }), 'ID_TOKEN_ALGORITHM', 'algorithm'],
  [
    'a signature by our client secret (HS256)',
    () => ({ idToken: (c) => hmacJwt(c, idp.clientSecret) }),
    'ID_TOKEN_ALGORITHM',
    'algorithm',
  ],
  [
    'an empty signature',
    () => ({ idToken: (c, h) => `${signJwt(c, idp.key, h).split('.').slice(0, 2).join('.')}.` }),
    'ID_TOKEN_SIGNATURE',
    'signature',
  ],
  [
    'a header that must be understood (crit)',
    () => ({ idToken: (c, h) => signJwt(c, idp.key, { ...h, crit: ['b64'], b64: false }) }),
    'ID_TOKEN_REFUSED',
    'signature',
  ],
  [
    'a key in its own header (jwk)',
    () => ({
      idToken: (c) => signJwt(c, stranger, { alg: 'RS256', jwk: stranger.publicKey.export({ format: 'jwk' }) }),
    }),
    'ID_TOKEN_SIGNATURE',
    'signature',
  ],
  ['nothing that can be read', () => ({ idToken: () => 'not-a-token' }), 'ID_TOKEN_MALFORMED', 'idToken'],
  ['an encrypted token', () => ({ idToken: () => 'a.b.c.d.e' }), 'ID_TOKEN_MALFORMED', 'idToken'],
  [
    'no token at all',
    () => ({ token: { status: 200, body: { access_token: 'x', token_type: 'Bearer' } } }),
    'ID_TOKEN_MALFORMED',
    'idToken',
  ],
]

describe('an ID token with', () => {
  test.each(lies)('%s is refused', async (_name, lie, reason, check) => {
    const before = await memberCount()
    idp.lies = lie()
    const { step, client } = await signInByOidc(app, idp, connection, somebody())
    expect(refusal(step)).toBe(reason)
    expect(await memberCount()).toBe(before)
    expect((await client.send('{ viewer { user { email } } }')).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED')
    const { failureReason, checks, email } = await attempt()
    expect(failureReason).toBe(reason)
    expect(checks.filter(({ passed }) => !passed)[0]?.name).toBe(check)
    expect(email).toBeNull()
  })

  test('a time within the allowed difference of clocks is taken', async () => {
    idp.lies = { claims: (c) => ({ ...c, iat: seconds() + 170, exp: seconds() - 170 }) }
    expect(refusal((await signInByOidc(app, idp, connection, somebody())).step)).toBe('led to /')
  })
})

describe('userinfo', () => {
  const thinly = async (lie: OidcLies): Promise<string> => {
    await idp.close()
    idp = await OpenIdProvider.start({ thin: true })
    connection = await connectOkta(owner, organization.id, idp)
    idp.lies = lie
    return refusal((await signInByOidc(app, idp, connection, somebody())).step)
  }

  test('that speaks of somebody else is refused', async () => {
    expect(await thinly({ userinfo: (c) => ({ ...c, sub: 'somebody-else' }) })).toBe('USERINFO_SUBJECT_MISMATCH')
  })

  test('that does not answer is refused where it is needed', async () => {
    expect(await thinly({ userinfoStatus: 500 })).toBe('USERINFO_FAILED')
  })

  test('lends its word about an address to no other address', async () => {
    idp.lies = {
      claims: without('email_verified'),
      userinfo: (c) => ({ ...c, email: 'another@acme.example', email_verified: true }),
    }
    expect(refusal((await signInByOidc(app, idp, connection, somebody())).step)).toBe('led to /')
    expect((await attempt()).checks.find(({ name }) => name === 'email')?.actual).toContain('not verified')
  })
})

describe('the answer', () => {
  const started = async (browser = new BrowserSession(app.origin)) => ({
    browser,
    callback: await answerOf(idp, await startOidc(browser, connection.loginUrl), somebody()),
  })

  test('in another browser completes nothing, and takes nothing from the right one', async () => {
    const { browser, callback } = await started()
    const other = new BrowserSession(app.origin)
    await startOidc(other, connection.loginUrl)
    expect(refusal(await comeBack(other, callback))).toBe('REQUEST_FROM_OTHER_BROWSER')
    expect(refusal(await comeBack(new BrowserSession(app.origin), callback))).toBe('REQUEST_FROM_OTHER_BROWSER')
    expect(refusal(await comeBack(browser, callback))).toBe('led to /')
  })

  test('counts once', async () => {
    const { browser, callback } = await started()
    expect(refusal(await comeBack(browser, callback))).toBe('led to /')
    expect(refusal(await comeBack(browser, callback))).toBe('REQUEST_USED')
  })

  test('brought twenty times at the same moment, lets one in', async () => {
    const { browser, callback } = await started()
    const steps = await Promise.all(Array.from({ length: 20 }, () => comeBack(browser, callback)))
    expect(steps.filter((step) => 'location' in step)).toHaveLength(1)
    expect(idp.visits.filter((path) => path === '/oauth2/v1/token')).toHaveLength(1)
  })

  test('comes in ten minutes or not at all', async () => {
    const { browser, callback } = await started()
    clock.advance(minutes(10))
    expect(refusal(await comeBack(browser, callback))).toBe('REQUEST_EXPIRED')
  })

  test('of another connection, or of nobody, is unknown', async () => {
    const { browser, callback } = await started()
    const other = await connectOkta(owner, organization.id, idp)
    const there = new URL(callback.href.replace(connection.id, other.id))
    expect(refusal(await comeBack(browser, there))).toBe('REQUEST_UNKNOWN')
    callback.searchParams.set('state', 'x'.repeat(43))
    expect(refusal(await comeBack(browser, callback))).toBe('REQUEST_UNKNOWN')
  })

  test.each([
    ['without a state', (url: URL) => url.searchParams.delete('state')],
    ['with a state twice', (url: URL) => url.searchParams.append('state', 'x')],
    ['with a code twice', (url: URL) => url.searchParams.append('code', 'x')],
    ['without a code', (url: URL) => url.searchParams.delete('code')],
    ['with an endless code', (url: URL) => url.searchParams.set('code', 'x'.repeat(5000))],
  ])('%s is not read', async (_name, change) => {
    const { browser, callback } = await started()
    change(callback)
    expect(refusal(await comeBack(browser, callback))).toBe('CALLBACK_MALFORMED')
    expect(idp.visits).not.toContain('/oauth2/v1/token')
  })

  test('with somebody else’s code brings nothing: it was issued for another request (PKCE)', async () => {
    const victim = await started()
    const attacker = await started()
    victim.callback.searchParams.set('code', attacker.callback.searchParams.get('code') ?? '')
    expect(refusal(await comeBack(victim.browser, victim.callback))).toBe('CODE_REFUSED')
  })

  test.each([
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
    ['none, where one is promised', (url: URL) => url.searchParams.delete('iss')],
  ])('that names %s is refused before its code is sent anywhere (RFC 9207)', async (_name, change) => {
    const { browser, callback } = await started()
    change(callback)
    expect(refusal(await comeBack(browser, callback))).toBe('RESPONSE_ISSUER_MISMATCH')
    expect(idp.visits).not.toContain('/oauth2/v1/token')
  })

  test('to a request that another issuer was asked is unknown once the issuer changed', async () => {
    const { browser, callback } = await started()
    const other = await OpenIdProvider.start()
    await owner.run(
      'mutation($input: UpdateOktaConnectionInput!) { updateOktaConnection(input: $input) { connection { id } } }',
      { input: { connectionId: connection.id, oktaDomain: other.issuer } },
    )
    expect(refusal(await comeBack(browser, callback))).toBe('REQUEST_UNKNOWN')
    expect(other.visits).not.toContain('/oauth2/v1/token')
    await other.close()
  })
})

describe('the token endpoint', () => {
  test.each([
    ['an error of its own', { status: 400, body: { error: 'server_error' } }, 'TOKEN_REQUEST_FAILED'],
    ['a page', { status: 200, body: '<html></html>' }, 'ID_TOKEN_MALFORMED'],
    ['more than 256 KiB', { status: 200, body: { access_token: 'x'.repeat(300_000) } }, 'TOKEN_REQUEST_FAILED'],
    ['a redirect', { status: 302, body: '' }, 'TOKEN_REQUEST_FAILED'],
  ])('that answers with %s is refused', async (_name, token, reason) => {
    idp.lies = { token }
    expect(refusal((await signInByOidc(app, idp, connection, somebody())).step)).toBe(reason)
  })
})

describe('a discovery document', () => {
  const save = async (lie: OidcLies): Promise<{ path: string; reason: string; message: string } | undefined> => {
    idp.lies = lie
    const input = { organizationId: organization.id, oktaDomain: idp.issuer, clientId: 'x', clientSecret: 'y' }
    const { errors } = await owner.send(
      'mutation($input: CreateOktaConnectionInput!) { createOktaConnection(input: $input) { connection { id } } }',
      { input },
    )
    return (errors?.[0]?.extensions['fields'] as { path: string; reason: string; message: string }[] | undefined)?.[0]
  }

  test.each<[string, () => OidcLies, string]>([
    ['of another issuer', () => ({ discovery: { issuer: 'https://evil.example' } }), 'OTHER_ISSUER'],
    ['for whichever tenant', () => ({ discovery: { issuer: `${idp.issuer}/{tenantid}` } }), 'OTHER_ISSUER'],
    ['without an issuer', () => ({ discovery: { issuer: undefined } }), 'NOT_A_DISCOVERY_DOCUMENT'],
    [
      'with plain http elsewhere',
      () => ({ discovery: { token_endpoint: 'http://idp.example/token' } }),
      'NOT_A_DISCOVERY_DOCUMENT',
    ],
    [
      'that signs by secrets alone',
      () => ({ discovery: { id_token_signing_alg_values_supported: ['HS256', 'none'] } }),
      'NOT_A_DISCOVERY_DOCUMENT',
    ],
    ['that is huge', () => ({ discovery: { status: 200, text: 'x'.repeat(300_000) } }), 'DISCOVERY_NOT_FETCHED'],
    [
      'that leads elsewhere',
      () => ({ discovery: { status: 302, location: 'http://169.254.169.254/' } }),
      'DISCOVERY_NOT_FETCHED',
    ],
    ['that is a page', () => ({ discovery: { status: 200, text: '<html>' } }), 'NOT_A_DISCOVERY_DOCUMENT'],
    ['that is not there', () => ({ discovery: { status: 404, text: '' } }), 'DISCOVERY_NOT_FETCHED'],
  ])('%s is refused as its owner saves', async (_name, lie, reason) => {
    expect(await save(lie())).toMatchObject({ path: 'input.oktaDomain', reason })
  })

  test('that begins to name another issuer later is refused at the sign-in', async () => {
    clock.advance(minutes(6))
    idp.lies = { discovery: { issuer: 'https://evil.example' } }
    const response = await new BrowserSession(app.origin).get(new URL(connection.loginUrl).pathname)
    expect(response.status).toBe(502)
    expect((await attempt()).failureReason).toBe('DISCOVERY_FAILED')
  })

  test('leads to no private address unless the operator allows it', async () => {
    const strict = await startTestApp({ clock })
    const there = await completeSetup(strict)
    const answerFor = async (oktaDomain: string) => {
      const input = { organizationId: there.organization.id, oktaDomain, clientId: 'x', clientSecret: 'y' }
      const { errors } = await there.owner.send(
        'mutation($input: CreateOktaConnectionInput!) { createOktaConnection(input: $input) { connection { id } } }',
        { input },
      )
      return errors?.[0]?.extensions['fields']
    }
    idp.visits.length = 0
    for (const address of [idp.issuer, 'https://127.0.0.1', 'https://169.254.169.254']) {
      expect(await answerFor(address)).toMatchObject([{ path: 'input.oktaDomain' }])
    }
    expect(idp.visits).toEqual([])
    await strict.close()
  })

  test('that names a forbidden address for its keys or tokens is asked for neither', async () => {
    clock.advance(hours(1))
    idp.lies = { discovery: { token_endpoint: 'https://169.254.169.254/token' } }
    expect(refusal((await signInByOidc(app, idp, connection, somebody())).step)).toBe('TOKEN_REQUEST_FAILED')
    expect((await attempt()).checks.find(({ name }) => name === 'code')?.actual).toContain('not on the public internet')
  })
})
