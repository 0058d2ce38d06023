import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { days } from '../../server/src/core/clock.ts'
import { oidcConnections } from '../../server/src/db/schema/sso-connections.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { connectOkta, type OidcConnection, signInByOidc } from '../testkit/oidc-scenario.ts'
import { OpenIdProvider } from '../testkit/openid-provider.ts'
import { completeSetup, type Organization } from '../testkit/scenario.ts'

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

const updateMutation =
  'mutation($input: UpdateOktaConnectionInput!) { updateOktaConnection(input: $input) { connection { id name issuer oktaDomain clientId revision verifiedAt } } }'
const createMutation =
  'mutation($input: CreateOktaConnectionInput!) { createOktaConnection(input: $input) { connection { id loginUrl redirectUrl } } }'
const update = (input: Record<string, unknown>, by = owner) =>
  by.send<{ updateOktaConnection: { connection: OidcConnection } }>(updateMutation, {
    input: { connectionId: connection.id, ...input },
  })
let number = 0
/** Somebody whom nobody has seen yet. */
const somebody = () => {
  number += 1
  return { sub: '00u1', email: `ada-${number}@acme.example`, email_verified: true, name: 'Ada' }
}
const isSignedIn = async (client: GraphqlClient) =>
  (await client.send('{ viewer { user { id } } }')).errors.length === 0

describe('the client secret', () => {
  test('is sealed in the database, and nowhere in the API', async () => {
    const rows = await app.db.select().from(oidcConnections)
    const sealed = rows.find(({ connectionId }) => connectionId === connection.id)?.sealedClientSecret ?? ''
    expect(sealed).toMatch(/^v1\./)
    expect(sealed).not.toContain(idp.clientSecret)
    const { __type } = await owner
      .run<{ __type: { fields: { name: string }[] } | null }>('{ __type(name: "OktaConnection") { fields { name } } }')
      .catch(() => ({ __type: null }))
    for (const { name } of __type?.fields ?? []) expect(name).not.toMatch(/secret/i)
  })

  test('a new client secret ends no session, and takes the verification away', async () => {
    const person = somebody()
    const { client } = await signInByOidc(app, idp, connection, person)
    const { data } = await update({ clientSecret: 'another' })
    expect(data?.updateOktaConnection.connection).toMatchObject({ verifiedAt: null, revision: 2 })
    expect(await isSignedIn(client)).toBe(true)
  })
})

describe('a change', () => {
  test('of the name alone leaves the verification, the secret and the sessions', async () => {
    const person = somebody()
    const { client } = await signInByOidc(app, idp, connection, person)
    const { data } = await update({ name: 'Acme’s Okta' })
    expect(data?.updateOktaConnection.connection.verifiedAt).not.toBeNull()
    expect(await isSignedIn(client)).toBe(true)
    const again = await signInByOidc(app, idp, connection, person)
    expect(again.step).toEqual({ location: '/' })
  })

  test('another issuer ends the sessions, and its subjects are other people', async () => {
    const person = somebody()
    const { client } = await signInByOidc(app, idp, connection, person)
    const other = await OpenIdProvider.start()
    const { data } = await update({ oktaDomain: other.issuer })
    expect(data?.updateOktaConnection.connection).toMatchObject({ issuer: other.issuer, verifiedAt: null })
    expect(await isSignedIn(client)).toBe(false)
    other.register(connection)
    const stranger = { ...person, email: 'stranger@acme.example', name: 'Somebody else' }
    const signedIn = await signInByOidc(app, other, connection, stranger)
    const { viewer } = await signedIn.client.run<{ viewer: { user: { email: string } } }>(
      '{ viewer { user { email } } }',
    )
    expect(viewer.user.email).toBe(stranger.email)
    await other.close()
  })

  test('on an older revision is refused', async () => {
    await update({ name: 'First' })
    const { errors } = await update({ name: 'Second', expectedRevision: 1 })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'STALE_REVISION' })
  })

  test('names every wrong field at once', async () => {
    const { errors } = await update({ oktaDomain: 'no host', clientId: ' ', clientSecret: '' })
    const fields = errors?.[0]?.extensions['fields'] as { path: string; reason: string }[]
    expect(fields.map(({ path, reason }) => [path, reason])).toEqual([
      ['input.oktaDomain', 'INVALID_DOMAIN'],
      ['input.clientId', 'REQUIRED'],
      ['input.clientSecret', 'REQUIRED'],
    ])
  })

  test('through the mutation of another kind finds nothing', async () => {
    const { errors } = await owner.send(
      'mutation($input: UpdateOidcConnectionInput!) { updateOidcConnection(input: $input) { connection { id } } }',
      { input: { connectionId: connection.id, name: 'x' } },
    )
    expect(errors?.[0]?.extensions['code']).toBe('NOT_FOUND')
  })

  test('an Okta Domain is normalised', async () => {
    const host = new URL(idp.issuer).host
    const { data } = await update({ oktaDomain: `  ${idp.issuer}/ ` })
    expect(data?.updateOktaConnection.connection).toMatchObject({ oktaDomain: host, issuer: idp.issuer, revision: 1 })
  })
})

describe('a reservation', () => {
  const reserve = async (by = owner, organizationId = organization.id) => {
    const { reserveSsoConnection } = await by.run<{
      reserveSsoConnection: { reservation: string; loginUrl: string; redirectUrl: string }
    }>(
      'mutation($input: ReserveSsoConnectionInput!) { reserveSsoConnection(input: $input) { reservation loginUrl redirectUrl } }',
      { input: { organizationId } },
    )
    return reserveSsoConnection
  }
  const create = (reservation: string, organizationId = organization.id) =>
    owner.send<{ createOktaConnection: { connection: { loginUrl: string; redirectUrl: string } } }>(createMutation, {
      input: { organizationId, oktaDomain: idp.issuer, clientId: 'x', clientSecret: 'y', reservation },
    })

  test('gives the addresses that the connection then has', async () => {
    const { reservation, ...addresses } = await reserve()
    expect((await create(reservation)).data?.createOktaConnection.connection).toMatchObject(addresses)
  })

  test('is good once, for a day, for its organization alone, and cannot be made up', async () => {
    const ended = { code: 'BAD_USER_INPUT', fields: [{ path: 'input.reservation', reason: 'RESERVATION_ENDED' }] }
    const used = await reserve()
    await create(used.reservation)
    expect((await create(used.reservation)).errors?.[0]?.extensions).toMatchObject(ended)
    const { createOrganization } = await owner.run<{ createOrganization: { organization: Organization } }>(
      'mutation { createOrganization(input: { name: "Globex", slug: "globex" }) { organization { id slug } } }',
    )
    const here = await reserve()
    const elsewhere = await create(here.reservation, createOrganization.organization.id)
    expect(elsewhere.errors?.[0]?.extensions).toMatchObject(ended)
    expect((await create('made up')).errors?.[0]?.extensions).toMatchObject(ended)
    clock.advance(days(1))
    const client = await owner.send('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
      input: { email: 'owner@acme.example', password: 'correct horse battery' },
    })
    expect(client.errors).toEqual([])
    expect((await create(here.reservation)).errors?.[0]?.extensions).toMatchObject(ended)
  })
})
