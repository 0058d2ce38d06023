import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hours } from '../../server/src/core/clock.ts'
import { createId } from '../../server/src/core/ids.ts'
import { oidcConnections, ssoConnections } from '../../server/src/db/schema/sso-connections.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { enforceSso, ownDomain } from '../testkit/front-door.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import {
  completeSetup,
  connect,
  joinBySso,
  type Organization,
  ownerPassword,
  type SamlConnection,
} from '../testkit/scenario.ts'

type Entrance = { connectionId: string; connectionName: string; organizationName: string; loginUrl: string }
type Options = { email: string; passwordAllowed: boolean; entrances: Entrance[] }

const optionsQuery = `query($email: String!, $returnTo: String) { signInOptions(input: { email: $email }) {
  email passwordAllowed
  entrances { connectionId connectionName organizationName loginUrl(returnTo: $returnTo) }
} }`

let app: TestApp
let clock: TestClock
let owner: GraphqlClient
let idp: IdentityProvider
let acme: Organization
let connection: SamlConnection
beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock })
  const world = await completeSetup(app)
  owner = world.owner
  acme = world.organization
  idp = await IdentityProvider.create()
  connection = await connect(owner, acme.id, idp, { name: 'Entra' })
  await ownDomain(app, acme.id, 'acme.example')
})
afterAll(() => app.close())

let number = 0
async function newOrganization(name: string, domain: string): Promise<Organization> {
  number += 1
  const { createOrganization } = await owner.run<{ createOrganization: { organization: Organization } }>(
    'mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id slug } } }',
    { input: { name, slug: `${name.toLowerCase()}-${number}` } },
  )
  await ownDomain(app, createOrganization.organization.id, domain)
  return createOrganization.organization
}

const optionsOf = async (email: string, returnTo?: string): Promise<Options> =>
  (await app.nobody().run<{ signInOptions: Options }>(optionsQuery, { email, returnTo })).signInOptions
const entrancesOf = async (email: string): Promise<string[]> =>
  (await optionsOf(email)).entrances.map(({ connectionName }) => connectionName)

describe('how an address signs in', () => {
  test('the domain leads to the connections of the organization that proved it', async () => {
    expect(await optionsOf('  Mary@ACME.example ')).toEqual({
      email: 'mary@acme.example',
      passwordAllowed: true,
      entrances: [
        {
          connectionId: connection.id,
          connectionName: 'Entra',
          organizationName: 'Acme',
          loginUrl: `${connection.loginUrl}?login_hint=mary%40acme.example&returnTo=%2Forganizations%2Facme`,
        },
      ],
    })
  })

  test.each(['mary@unknown.example', 'mary@sub.acme.example', 'mary@gmail.com', 'mary@localhost'])(
    '%s has a password and nothing else',
    async (email) => {
      expect(await optionsOf(email)).toEqual({ email, passwordAllowed: true, entrances: [] })
    },
  )

  test('a domain that an organization claims and has not proved leads nowhere', async () => {
    await ownDomain(app, acme.id, 'claimed.example', { verifiedAt: null })
    expect(await optionsOf('mary@claimed.example')).toMatchObject({ entrances: [], passwordAllowed: true })
  })

  test('an account and none are told apart by nothing in the answer', async () => {
    await joinBySso(app, idp, connection, { subject: 'known', email: 'known@acme.example' })
    const shape = async (email: string) => {
      const { status, data, errors } = await app.nobody().send(optionsQuery, { email })
      return {
        status,
        errors,
        text: JSON.stringify(data).replaceAll(email, '').replaceAll(encodeURIComponent(email), ''),
      }
    }
    const strangers = await shape('stranger@acme.example')
    expect(await shape('known@acme.example')).toEqual(strangers)
    expect(await shape('owner@acme.example')).toEqual(strangers)
  })

  test('no account is looked for: the answer is the same without any', async () => {
    const tables = ['users', 'memberships', 'sso_identities', 'sessions']
    const known = await optionsOf('known@acme.example')
    for (const table of tables) await app.db.execute(`alter table ${table} rename to ${table}_away`)
    try {
      expect(await optionsOf('known@acme.example')).toEqual(known)
    } finally {
      for (const table of tables) await app.db.execute(`alter table ${table}_away rename to ${table}`)
    }
  })

  test('several connections are several ways in, oldest first; without those that are disabled or incomplete', async () => {
    const globex = await newOrganization('Globex', 'globex.example')
    await connect(owner, globex.id, idp, { name: 'Okta' })
    const disabled = await connect(owner, globex.id, idp, { name: 'Disabled' })
    await owner.run(
      'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
      { input: { connectionId: disabled.id, enabled: false } },
    )
    await connect(owner, globex.id, idp, { name: 'Without an address', idpSsoUrl: null })
    await connect(owner, globex.id, idp, { name: 'Without a certificate', idpCertificates: [] })
    await connect(owner, globex.id, idp, { name: 'Contractors' })
    expect(await entrancesOf('g@globex.example')).toEqual(['Okta', 'Contractors'])
  })

  test('a connection of OpenID Connect is a way in as well', async () => {
    const soylent = await newOrganization('Soylent', 'soylent.example')
    const now = clock.now()
    const id = createId('sso', now)
    const common = { enabled: true, verifiedAt: null, revision: 1, createdAt: now, updatedAt: now }
    await app.db
      .insert(ssoConnections)
      .values({ id, organizationId: soylent.id, protocol: 'OKTA', name: 'Okta Workforce', ...common })
    await app.db.insert(oidcConnections).values({
      connectionId: id,
      issuer: 'https://soylent.okta.com',
      oktaDomain: 'soylent.okta.com',
      clientId: 'client',
      sealedClientSecret: 'sealed',
    })
    expect(await entrancesOf('s@soylent.example')).toEqual(['Okta Workforce'])
  })

  test('a password is not offered while the organization enforces single sign-on, and again when its trial is over', async () => {
    const initech = await newOrganization('Initech', 'initech.example')
    const umbrella = await newOrganization('Umbrella', 'umbrella.example')
    await enforceSso(app, initech.id)
    await enforceSso(app, umbrella.id, { confirmed: false })
    expect((await optionsOf('i@initech.example')).passwordAllowed).toBe(false)
    expect((await optionsOf('u@umbrella.example')).passwordAllowed).toBe(false)
    clock.advance(hours(2))
    expect((await optionsOf('i@initech.example')).passwordAllowed).toBe(false)
    expect((await optionsOf('u@umbrella.example')).passwordAllowed).toBe(true)
  })

  test.each(['', 'mary', 'mary@', '@acme.example', 'máry@acme.example', `${'x'.repeat(300)}@a.b`])(
    '%j is refused by its name',
    async (email) => {
      expect(await app.nobody().refusedFields(optionsQuery, { email })).toEqual(['input.email INVALID_EMAIL'])
    },
  )

  test('questions are limited by the client’s address', async () => {
    const limited = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
    const ask = () => limited.nobody().codeOf('{ signInOptions(input: { email: "a@b.example" }) { email } }')
    const codes = new Set<string>()
    for (let round = 0; round < 31; round += 1) {
      for (const code of await Promise.all(Array.from({ length: 10 }, ask))) codes.add(code)
    }
    expect([...codes].sort()).toEqual(['OK', 'RATE_LIMITED'])
    await limited.close()
  })
})

describe('the SSO login URL that is given', () => {
  test.each([
    ['/organizations/acme/settings?x=1', '/organizations/acme/settings?x=1'],
    ['https://evil.example/', '/organizations/acme'],
    ['//evil.example', '/organizations/acme'],
    ['/', '/organizations/acme'],
  ])('leads on to %s only within this site, else to the organization', async (returnTo, kept) => {
    const { entrances } = await optionsOf('mary@acme.example', returnTo)
    expect(new URL(entrances[0]?.loginUrl ?? '').searchParams.get('returnTo')).toBe(kept)
  })

  const locationOf = async (settings: Record<string, unknown>, hint: string): Promise<URL> => {
    const { loginUrl } = await connect(owner, acme.id, idp, settings)
    const login = new URL(loginUrl)
    login.searchParams.set('login_hint', hint)
    const response = await new BrowserSession(app.origin).get(login.pathname + login.search)
    expect(response.status).toBe(303)
    return new URL(response.headers.get('location') ?? '')
  }
  const entra = 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/saml2'

  test('tells Entra the address, beside the message and never in it', async () => {
    const plain = await locationOf({ idpSsoUrl: entra }, 'mary@acme.example')
    expect([...plain.searchParams.keys()]).toEqual(['SAMLRequest', 'login_hint'])
    expect(plain.searchParams.get('login_hint')).toBe('mary@acme.example')
    const signed = await locationOf({ idpSsoUrl: entra, signAuthnRequests: true }, 'mary@acme.example')
    expect([...signed.searchParams.keys()]).toEqual(['SAMLRequest', 'SigAlg', 'Signature', 'login_hint'])
  })

  test('tells no other identity provider of SAML, and passes on nothing that is no address', async () => {
    expect((await locationOf({}, 'mary@acme.example')).searchParams.has('login_hint')).toBe(false)
    expect((await locationOf({ idpSsoUrl: entra }, 'mary@acme.example&x=1')).searchParams.has('login_hint')).toBe(false)
  })
})

describe('where else somebody belongs', () => {
  type Viewer = {
    signedInThrough: string | null
    organizationsNeedingSso: { slug: string; name: string; entrances: Entrance[] }[]
  }
  const viewerOf = async (client: GraphqlClient): Promise<Viewer> =>
    (
      await client.run<{ viewer: Viewer }>(
        `{ viewer { signedInThrough organizationsNeedingSso { slug name entrances { connectionName loginUrl(returnTo: "/organizations/x/members") } } } }`,
      )
    ).viewer
  const byPassword = async (): Promise<GraphqlClient> => {
    const client = app.nobody()
    await client.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
      input: { email: 'owner@acme.example', password: ownerPassword },
    })
    return client
  }

  test('a session by password is told which organizations need single sign-on, and where to start it', async () => {
    const hooli = await newOrganization('Hooli', 'hooli.example')
    const hooliConnection = await connect(owner, hooli.id, idp, { name: 'Hooli Entra' })
    const client = await byPassword()
    expect((await viewerOf(client)).organizationsNeedingSso.map(({ slug }) => slug)).not.toContain(hooli.slug)
    await enforceSso(app, hooli.id)
    const viewer = await viewerOf(client)
    expect(viewer.signedInThrough).toBe(null)
    expect(viewer.organizationsNeedingSso.find(({ slug }) => slug === hooli.slug)).toEqual({
      slug: hooli.slug,
      name: 'Hooli',
      entrances: [
        {
          connectionName: 'Hooli Entra',
          loginUrl: `${hooliConnection.loginUrl}?login_hint=owner%40acme.example&returnTo=%2Forganizations%2Fx%2Fmembers`,
        },
      ],
    })
  })

  test('a session through single sign-on knows its connection, and is told of no other organization', async () => {
    const pied = await newOrganization('Pied', 'pied.example')
    await connect(owner, pied.id, idp)
    const { client } = await joinBySso(app, idp, connection, { subject: 'two', email: 'two@acme.example' })
    await app.db.execute(
      `insert into memberships (id, organization_id, user_id, role, role_source, join_method, joined_at)
          select 'mem_00000000000000000000000002', '${pied.id}', id, 'member', 'MANUAL', 'INVITATION', now()
          from users where email = 'two@acme.example'`,
    )
    await enforceSso(app, pied.id)
    expect(await viewerOf(client)).toEqual({ signedInThrough: 'Entra', organizationsNeedingSso: [] })
  })

  test('an organization that suspended the person is not among them', async () => {
    const vandelay = await newOrganization('Vandelay', 'vandelay.example')
    await enforceSso(app, vandelay.id)
    const client = await byPassword()
    expect((await viewerOf(client)).organizationsNeedingSso.map(({ slug }) => slug)).toContain(vandelay.slug)
    await app.db.execute(`update memberships set suspended_at = now() where organization_id = '${vandelay.id}'`)
    expect((await viewerOf(client)).organizationsNeedingSso.map(({ slug }) => slug)).not.toContain(vandelay.slug)
  })
})
