import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hours } from '../../server/src/core/clock.ts'
import { createLog } from '../../server/src/core/log.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import type { Answer } from '../testkit/identity-provider.ts'
import { connectOidc, connectOkta, type OidcConnection, signInByOidc, startOidc } from '../testkit/oidc-scenario.ts'
import { OpenIdProvider, signJwt, unsignedJwt } from '../testkit/openid-provider.ts'
import {
  answerTo,
  connect,
  createWorld,
  post,
  type SamlConnection,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'
import { encryptionKeyOf } from '../testkit/sp-keys.ts'

let app: TestApp
let clock: TestClock
let world: World
let connection: SamlConnection
/** What the server would write to the terminal. */
const lines: string[] = []
beforeAll(async () => {
  clock = createTestClock()
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line))
    return true
  })
  const environment = { ALLOW_PRIVATE_METADATA_URLS: 'on' }
  app = await startTestApp({ clock, log: createLog('trace', true), environment })
  world = await createWorld(app)
  connection = await connect(world.owner, world.organization.id, world.idp, {
    idpSsoUrl: 'https://login.microsoftonline.com/0f1e/saml2',
    spEntityId: 'acme',
  })
})
afterAll(async () => {
  await app.close()
  vi.restoreAllMocks()
})

type Check = { name: string; passed: boolean; expected: string | null; actual: string | null }
type Diagnosis = {
  kind: string
  title: string
  explanation: string
  whatToDo: string[]
  checks: Check[]
  notReached: string[]
  certificates: { subject: string }[]
}

const mutation = `mutation($input: DiagnoseInput!) { diagnose(input: $input) {
  kind title explanation whatToDo notReached checks { name passed expected actual } certificates { subject } } }`

async function diagnose(text: string, connectionId: string | null = connection.id): Promise<Diagnosis> {
  const input = { organizationId: world.organization.id, connectionId, text }
  const { diagnose: found } = await world.owner.run<{ diagnose: Diagnosis }>(mutation, { input })
  return found
}

const person = { subject: 'dora', email: 'dora@acme.example' }
const answer = async (lies: Partial<Answer> = {}): Promise<Answer> =>
  answerTo(app, await startSignIn(app, connection), person, lies)
const failed = ({ checks }: Diagnosis): string[] => checks.filter(({ passed }) => !passed).map(({ name }) => name)

describe('a pasted SAML response', () => {
  test('is held against the connection, check by check, down to who it is', async () => {
    const found = await diagnose(world.idp.response(await answer()))
    expect(found.kind).toBe('SAML_RESPONSE')
    expect(failed(found)).toEqual([])
    expect(found.checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['signature', 'audience', 'email']))
    expect(found.notReached).toEqual([])
    expect(found.whatToDo).toEqual(['All of it is as this connection expects it.'])
  })

  test('signs nobody in, and still counts where it belongs', async () => {
    const started = await startSignIn(app, connection)
    const response = world.idp.response(answerTo(app, started, person))
    const before = await world.owner.run('{ organization(slug: "acme") { memberships(first: 1) { totalCount } } }')
    await diagnose(response)
    expect(await world.owner.run('{ organization(slug: "acme") { memberships(first: 1) { totalCount } } }')).toEqual(
      before,
    )
    // Neither the request nor the assertion was spent by looking at it.
    expect(await post(started.browser, connection, response)).toHaveProperty('location')
  })

  test('that lies shows where, with our value and where to put it', async () => {
    const found = await diagnose(world.idp.response(await answer({ audiences: [['https://somebody.else']] })))
    expect(failed(found)).toEqual(['audience'])
    expect(found.checks.find(({ name }) => name === 'audience')).toMatchObject({ actual: 'https://somebody.else' })
    expect(found.whatToDo).toContainEqual(expect.stringMatching(/^Microsoft Entra: .*Identifier \(Entity ID\): acme$/))
    expect(found.notReached).toEqual([])
  })

  test('of hours ago says that its times have passed, and who it was all the same', async () => {
    const response = world.idp.response(await answer())
    clock.advance(hours(3))
    const found = await diagnose(response)
    expect(new Set(failed(found))).toEqual(new Set(['issueInstant', 'notOnOrAfter', 'confirmationNotOnOrAfter']))
    expect(found.checks.find(({ name }) => name === 'email')).toMatchObject({ passed: true })
    expect(found.whatToDo).toEqual([
      'Its times have passed since it was made, which is no fault of a response that is pasted later.',
      'Everything else is as this connection expects it.',
    ])
    clock.advance(-hours(3))
  })

  test('that is encrypted for us is not opened, whatever is in it', async () => {
    const publicKey = await encryptionKeyOf(app.origin, connection.id)
    const inside = (name: string) => ({ subject: name, email: `${name}@acme.example` })
    const look = async (changePlaintext?: (xml: string) => string) => {
      const started = await startSignIn(app, connection)
      const encrypt = changePlaintext === undefined ? { publicKey } : { publicKey, changePlaintext }
      const found = await diagnose(world.idp.response(answerTo(app, started, inside('erna'), { encrypt })))
      expect(JSON.stringify(found)).not.toContain('erna')
      return { failed: failed(found), whatToDo: found.whatToDo, ran: found.checks.map(({ name }) => name) }
    }
    const genuine = await look()
    expect(genuine.whatToDo).toEqual([expect.stringContaining('opened in a sign-in only')])
    expect(genuine.ran.at(-1)).toBe('assertion')
    expect(await look(() => 'no assertion at all')).toEqual(genuine)
  })

  test('of the future was wrong when it was made', async () => {
    const response = world.idp.response(
      await answer({ issueInstant: new Date(clock.now().getTime() + hours(3)).toISOString() }),
    )
    const found = await diagnose(response)
    expect(failed(found)).toContain('issueInstant')
    expect(found.whatToDo.join(' ')).not.toContain('Its times have passed')
  })

  test.each<[string, (xml: string) => string]>([
    ['as XML', (xml) => xml],
    ['deflated', (xml) => deflateRawSync(xml).toString('base64')],
    [
      'as a form’s body',
      (xml) => `SAMLResponse=${encodeURIComponent(Buffer.from(xml).toString('base64'))}&RelayState=x`,
    ],
    [
      'as an export',
      (xml) => JSON.stringify({ requests: [{ post: [['SAMLResponse', Buffer.from(xml).toString('base64')]] }] }),
    ],
  ])('is taken %s', async (_form, write) => {
    const found = await diagnose(write(world.idp.responseXml(await answer())))
    expect(found.kind).toBe('SAML_RESPONSE')
    expect(failed(found)).toEqual([])
  })

  test('with Entra’s own refusal in it is explained by its code', async () => {
    const lies = { status: 'Requester', statusMessage: 'AADSTS50105: not assigned' }
    const found = await diagnose(world.idp.response(await answer(lies)))
    expect(failed(found)).toEqual(['status'])
    expect(found.whatToDo.join(' ')).toContain('Users and groups → Add user/group')
  })

  test('is read by the attribute mapping of the connection', async () => {
    const mapped = await connect(world.owner, world.organization.id, world.idp, {
      attributeMapping: { email: 'office' },
    })
    const started = await startSignIn(app, mapped)
    const lies: Partial<Answer> = { attributes: [['office', 'dora@office.example']] }
    const found = await diagnose(world.idp.response(answerTo(app, started, person, lies)), mapped.id)
    expect(failed(found)).toEqual([])
    expect(found.checks.find(({ name }) => name === 'email')?.actual).toContain('dora@office.example')
  })

  test('that is forged shows that its signature does not fit', async () => {
    const xml = world.idp.responseXml(await answer()).replace('dora@acme.example', 'eve@acme.example')
    const found = await diagnose(xml)
    expect(failed(found)).toEqual(['signature'])
    // Nobody has signed who it is, so that it is not read.
    expect(found.notReached).toContain('E-mail address')
  })

  test('needs a connection, and its certificate', async () => {
    const response = world.idp.response(await answer())
    expect((await diagnose(response, null)).whatToDo).toEqual([
      'Paste it on the page of its connection, to see every check.',
    ])
    const { createSamlConnection } = await world.owner.run<{ createSamlConnection: { connection: { id: string } } }>(
      'mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { id } } }',
      { input: { organizationId: world.organization.id } },
    )
    const found = await diagnose(response, createSamlConnection.connection.id)
    expect(found.whatToDo).toEqual(['Fill in Single Sign-On URL and Certificate first, then paste it again.'])
  })
})

describe('a pasted error', () => {
  test('of Entra’s page says what it means, where to mend it, and where Microsoft explains it', async () => {
    const found = await diagnose(
      'Sorry, but we’re having trouble. AADSTS700016: Application with identifier x not found',
    )
    expect(found).toMatchObject({ kind: 'ENTRA_ERROR', title: 'Microsoft Entra refused: AADSTS700016' })
    expect(found.whatToDo[0]).toMatch(/Identifier \(Entity ID\): acme$/)
    expect(found.whatToDo).toContainEqual(
      expect.stringContaining('https://login.microsoftonline.com/error?code=700016'),
    )
  })

  test('of a code that nobody here knows still leads to Microsoft’s page', async () => {
    const found = await diagnose('AADSTS999999')
    expect(found.whatToDo[0]).toContain('error?code=999999')
  })

  test('with our own reference shows the attempt', async () => {
    const { step } = await signIn(app, world.idp, connection, person, { lies: { sign: 'none' } })
    const reference = 'refused' in step ? step.reference : ''
    const found = await diagnose(`Reason: SIGNATURE_MISSING, reference ${reference}`, null)
    expect(found.kind).toBe('OUR_REFUSAL')
    expect(failed(found)).toEqual(['signature'])
    expect(found.notReached).toContain('Audience')
  })

  test('with the reference of another organization shows nothing', async () => {
    const { step } = await signIn(app, world.otherIdp, world.otherConnection, person, { lies: { sign: 'none' } })
    const reference = 'refused' in step ? step.reference : ''
    expect(reference).toMatch(/^att_/)
    expect(await diagnose(reference)).toMatchObject({ kind: 'UNKNOWN', checks: [] })
  })

  test('with our own reason says what it means', async () => {
    const found = await diagnose('RECIPIENT_MISMATCH')
    expect(found.whatToDo[1]).toMatch(new RegExp(`Reply URL .*: ${connection.redirectUrl}$`))
  })
})

describe('pasted settings', () => {
  test('a certificate that the connection trusts, and one that it does not', async () => {
    expect(await diagnose(world.idp.certificate)).toMatchObject({
      kind: 'CERTIFICATE',
      explanation: 'The connection trusts it already.',
      certificates: [{ subject: expect.any(String) }],
    })
    const other = await createSigningKey({ name: 'other' })
    expect((await diagnose(other.certificate)).explanation).toContain('does not trust it yet')
    expect((await diagnose(other.der.toString('base64'))).certificates).toHaveLength(1)
  })

  test('a private key is named, and no part of it comes back', async () => {
    const { key } = await createSigningKey({ name: 'secret' })
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString()
    const found = await diagnose(`${world.idp.certificate}\n${pem}`)
    expect(found).toMatchObject({ kind: 'PRIVATE_KEY', certificates: [], checks: [] })
    const body = pem.split('\n')[1] ?? ''
    expect(body.length).toBeGreaterThan(40)
    expect(JSON.stringify(found)).not.toContain(body.slice(0, 16))
  })

  test('metadata of the identity provider is compared with the connection', async () => {
    const found = await diagnose(world.idp.metadata())
    expect(found.kind).toBe('IDP_METADATA')
    expect(found.whatToDo[0]).toBe(`What differs from the connection: Single Sign-On URL: ${world.idp.ssoUrl}.`)
    const same = await diagnose(world.idp.metadata(), world.connection.id)
    expect(same.whatToDo).toEqual(['It says what the connection has already. Nothing is to be done.'])
  })

  test('our own metadata is told from that of another application', async () => {
    const xml = await (await fetch(connection.redirectUrl.replace(/acs$/, 'metadata'))).text()
    expect(await diagnose(xml)).toMatchObject({ kind: 'SP_METADATA', title: 'Our own metadata' })
    expect(await diagnose(xml, world.connection.id)).toMatchObject({ title: 'Metadata of an application' })
  })

  test('an authentication request is told to be ours, or not', async () => {
    const response = await fetch(connection.loginUrl, { redirect: 'manual' })
    const address = response.headers.get('location') ?? ''
    expect(failed(await diagnose(address))).toEqual([])
    expect((await diagnose(address)).kind).toBe('SAML_REQUEST')
    expect(failed(await diagnose(address, world.connection.id))).toEqual(['issuer', 'acsUrl', 'destination'])
  })

  test.each<[string, () => string, string]>([
    ['the SSO login URL', () => connection.loginUrl, 'An SSO login URL of ours'],
    ['the redirect URL', () => connection.redirectUrl, 'A redirect URL of ours'],
    ['the Single Sign-On URL', () => 'https://login.microsoftonline.com/0f1e/saml2', 'The Single Sign-On URL'],
    [
      'the metadata of a whole tenant',
      () => 'https://login.microsoftonline.com/0f1e/federationmetadata/2007-06/federationmetadata.xml',
      'Metadata of a whole Entra tenant',
    ],
    ['a metadata URL', () => 'https://idp.example/saml/metadata', 'A metadata URL'],
    ['a sign-in address', () => 'https://idp.example/sso', 'A sign-in address of an identity provider'],
    ['another address', () => 'https://example.com/', 'An address'],
  ])('%s is known', async (_what, url, title) => {
    expect(await diagnose(url())).toMatchObject({ kind: 'ADDRESS', title })
  })

  test('the address of a test is known, and its secret does not come back', async () => {
    const found = await diagnose(`${connection.loginUrl}?test=very-secret`)
    expect(found.title).toBe('An SSO login URL of ours')
    expect(JSON.stringify(found)).not.toContain('very-secret')
  })

  test('a token is known by whom it is from, and does not come back', async () => {
    const body = Buffer.from('{"iss":"https://acme.okta.com","aud":"client","sub":"someone"}').toString('base64url')
    const found = await diagnose(`eyJhbGciOiJSUzI1NiJ9.${body}.c2lnbmF0dXJl`)
    expect(found.kind).toBe('TOKEN')
    expect(found.explanation).toContain('https://acme.okta.com')
    expect(JSON.stringify(found)).not.toContain(body)
    expect(JSON.stringify(found)).not.toContain('someone')
  })
})

describe('for OpenID Connect', () => {
  let provider: OpenIdProvider
  let okta: OidcConnection
  let oidc: OidcConnection
  beforeAll(async () => {
    provider = await OpenIdProvider.start()
    okta = await connectOkta(world.owner, world.organization.id, provider)
    oidc = await connectOidc(world.owner, world.organization.id, provider)
  })
  afterAll(() => provider.close())

  const page = `400 Bad Request
Your request resulted in an error. The 'redirect_uri' parameter must be a Login redirect URI in the client app settings: https://acme-admin.okta.com/`
  const denied = 'error=access_denied&error_description=User%20is%20not%20assigned%20to%20the%20client+application.'
  test.each<[form: string, text: string, title: string, words: string, place: RegExp]>([
    [
      'an address',
      `https://console.example/sso/sso_1/callback?state=x&${denied}`,
      'access_denied',
      'User is not assigned to the client application.',
      /^Okta: .*Assignments → Assign$/,
    ],
    [
      'a part of one',
      denied,
      'access_denied',
      'User is not assigned to the client application.',
      /Assignments → Assign$/,
    ],
    [
      'a fragment',
      `https://console.example/#${denied}`,
      'access_denied',
      'User is not assigned',
      /Assignments → Assign$/,
    ],
    [
      'the page of Okta',
      page,
      'invalid_request',
      "'redirect_uri' parameter must be",
      /Sign-in redirect URIs: .*callback$/,
    ],
    [
      'an older page of Okta',
      'Identity Provider: Unknown\nError Code: unauthorized_client\nDescription: The client is not authorized.',
      'unauthorized_client',
      'The client is not authorized.',
      /Grant type: Authorization Code$/,
    ],
    [
      'the answer of the token endpoint',
      '{"error":"invalid_client","error_description":"The client secret supplied is invalid."}',
      'invalid_client',
      'The client secret supplied is invalid.',
      /Client Credentials → Client ID/,
    ],
    ['the code', 'invalid_grant', 'invalid_grant', 'used already', /Sign-in redirect URIs: .*callback$/],
  ])(
    'an error of OpenID Connect says what it means and where to mend it: %s',
    async (_form, text, code, words, place) => {
      const found = await diagnose(text, okta.id)
      expect(found).toMatchObject({ kind: 'OIDC_ERROR', title: `The identity provider refused: ${code}` })
      expect(found.explanation).toContain(words)
      expect(found.whatToDo[0]).toMatch(place)
      // Without a connection of its own it is explained all the same, and no place is made up.
      expect((await diagnose(text)).explanation).toBe(found.explanation)
      expect((await diagnose(text)).whatToDo.join(' ')).not.toContain('Okta')
    },
  )

  test('an error in our own address brings back neither code nor state', async () => {
    const found = await diagnose(`${okta.redirectUrl}?error=strange_thing&state=very-secret&code=also-secret`, okta.id)
    expect(found).toMatchObject({ kind: 'OIDC_ERROR', title: 'The identity provider refused: strange_thing' })
    const answered = await diagnose(`${okta.redirectUrl}?state=very-secret&code=also-secret`, okta.id)
    expect(answered).toMatchObject({ kind: 'ADDRESS', title: 'A redirect URL of ours' })
    expect(JSON.stringify([found, answered])).not.toContain('secret')
  })

  test('our own reference shows where it is mended at Okta', async () => {
    provider.lies = { claims: (claims) => ({ ...claims, aud: 'another-application' }) }
    const dora = { sub: '00udora', email: 'dora@acme.example', email_verified: true }
    provider.register(okta)
    const { step } = await signInByOidc(app, provider, okta, dora)
    provider.lies = {}
    const found = await diagnose('refused' in step ? step.reference : '', null)
    expect(found).toMatchObject({ kind: 'OUR_REFUSAL' })
    expect(failed(found)).toContain('audience')
    expect(found.whatToDo[1]).toContain('Client Credentials')
  })

  test('a discovery document is held against the connection', async () => {
    const text = await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).text()
    const found = await diagnose(text, oidc.id)
    expect(found).toMatchObject({ kind: 'DISCOVERY_DOCUMENT', checks: [{ name: 'issuer', passed: true }] })
    expect(found.whatToDo).toEqual(['It fits the connection. Nothing is to be done.'])
    expect((await diagnose(text, null)).whatToDo[0]).toContain(`enter ${provider.issuer} as the issuer`)

    const other = await diagnose(text.replaceAll(provider.issuer, 'https://id.example'), okta.id)
    expect(failed(other)).toEqual(['issuer'])
    expect(other.whatToDo).toEqual([
      expect.stringContaining('says that its issuer is https://id.example'),
      'It is set under Edit → Okta Domain.',
    ])
    const implicit = JSON.stringify({ ...JSON.parse(text), response_types_supported: ['id_token'] })
    expect((await diagnose(implicit, oidc.id)).whatToDo[0]).toContain('does not offer the authorization code flow')
  })

  test('a token is held against the connection, and does not come back', async () => {
    const seconds = Math.floor(clock.now().getTime() / 1000)
    const { clientId } = provider
    const claims = {
      iss: provider.issuer,
      aud: clientId,
      exp: seconds + 60,
      sub: 'someone',
      email: 'dora@acme.example',
    }
    const look = async (changes: object, write = (token: string) => token) => {
      const token = signJwt({ ...claims, ...changes }, provider.key)
      const found = await diagnose(write(token), okta.id)
      for (const part of [...token.split('.'), 'someone', 'dora']) expect(JSON.stringify(found)).not.toContain(part)
      return found
    }
    const right = await look({})
    expect(right.kind).toBe('TOKEN')
    expect(right.checks.map(({ name, passed }) => `${name} ${passed}`)).toEqual([
      'algorithm true',
      'issuer true',
      'audience true',
      'expires true',
    ])
    expect(failed(await look({}, (token) => JSON.stringify({ access_token: 'x', id_token: token })))).toEqual([])
    expect(failed(await look({ iss: `${provider.issuer}/oauth2/default` }))).toEqual(['issuer'])
    const foreign = await look({ aud: ['api://default', 'another'], exp: seconds - 1 })
    expect(failed(foreign)).toEqual(['audience', 'expires'])
    expect(foreign.whatToDo.join(' ')).toContain('An access token is for somebody else')
    expect(failed(await look({ iss: 7, aud: undefined, exp: 'never' }))).toEqual(['issuer', 'audience', 'expires'])
  })

  test('a request to the identity provider is told to be ours, or not', async () => {
    const asked = await startOidc(new BrowserSession(app.origin), okta.loginUrl)
    const found = await diagnose(asked.href, okta.id)
    expect(found).toMatchObject({ kind: 'ADDRESS', title: 'A request to the identity provider' })
    expect(failed(found)).toEqual([])
    expect(found.whatToDo[1]).toMatch(/Sign-in redirect URIs: .*callback$/)
    expect(JSON.stringify(found)).not.toContain(asked.searchParams.get('state'))
    expect(failed(await diagnose(asked.href, oidc.id))).toEqual(['redirectUrl'])
  })

  test.each<[string, () => string, string]>([
    ['the SSO login URL', () => okta.loginUrl, 'An SSO login URL of ours'],
    ['the redirect URL', () => okta.redirectUrl, 'A redirect URL of ours'],
    ['the issuer', () => provider.issuer, 'The issuer of this connection'],
    [
      'its discovery document',
      () => `${provider.issuer}/.well-known/openid-configuration`,
      'The issuer of this connection',
    ],
    [
      'that of another one',
      () => 'https://id.example/.well-known/openid-configuration',
      'The address of a discovery document',
    ],
  ])('%s is known', async (_what, url, title) => {
    expect(await diagnose(url(), okta.id)).toMatchObject({ kind: 'ADDRESS', title })
  })
})

describe('whatever is pasted', () => {
  test('is neither stored nor logged', async () => {
    const marker = 'marker-7c1f'
    const xml = world.idp.responseXml(await answer({ person: { subject: marker, email: `${marker}@acme.example` } }))
    const texts = [
      xml,
      Buffer.from(xml).toString('base64'),
      `AADSTS50105 ${marker}`,
      `<broken ${marker}`,
      `https://x.example/${marker}`,
      `https://x.example/?error=access_denied&error_description=${marker}`,
      JSON.stringify({ issuer: `https://${marker}`, authorization_endpoint: 'x' }),
      unsignedJwt({ iss: marker }),
    ]
    for (const text of texts) expect((await diagnose(text)).title).not.toBe('')
    const encoded = Buffer.from(xml).toString('base64').slice(40, 80)
    const tables = await app.db.execute(
      "select table_name from information_schema.tables where table_schema = 'public'",
    )
    expect(tables.length).toBeGreaterThan(10)
    for (const { table_name: name } of tables) {
      const rows = JSON.stringify(await app.db.execute(`select * from "${String(name)}"`))
      const table = `${String(name)}: ${rows}`
      expect(table).not.toContain(marker)
      expect(table).not.toContain(encoded)
    }
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.join('')).not.toContain(marker)
    expect(lines.join('')).not.toContain(encoded)
  })

  test('is named unknown, with what is taken, when it is', async () => {
    const found = await diagnose('It does not work')
    expect(found.kind).toBe('UNKNOWN')
    expect(found.explanation).toContain('a SAMLResponse or SAMLRequest in any form')
  })

  test('must be something, and not too long', async () => {
    const input = { organizationId: world.organization.id, text: ' ' }
    expect(await world.owner.refusedFields(mutation, { input })).toEqual(['input.text REQUIRED'])
    const long = { ...input, text: 'x'.repeat(360_000) }
    expect(await world.owner.refusedFields(mutation, { input: long })).toEqual(['input.text TOO_LONG'])
  })

  test('is compared with a connection of the same organization only', async () => {
    const input = { organizationId: world.organization.id, connectionId: world.otherConnection.id, text: 'AADSTS50105' }
    expect(await world.owner.codeOf(mutation, { input })).toBe('NOT_FOUND')
  })
})
