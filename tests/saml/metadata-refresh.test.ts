import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { days, hours, minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createSigningKey, type SigningKey } from '../testkit/certificates.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type MetadataSite, startMetadataSite } from '../testkit/metadata-site.ts'
import { completeSetup, type Organization, ownerPassword, type SamlConnection, signIn } from '../testkit/scenario.ts'

let database: TestDatabase
let clock: TestClock
let app: TestApp
let replica: TestApp
let organization: Organization
let owner: GraphqlClient
let site: MetadataSite
let idp: IdentityProvider
let next: SigningKey
let other: SigningKey
let connection: SamlConnection
beforeAll(async () => {
  database = await createTestDatabase()
  clock = createTestClock()
  const environment = { ALLOW_PRIVATE_METADATA_URLS: 'on' }
  app = await startTestApp({ clock, database, environment })
  replica = await startTestApp({ clock, database, environment })
  const setup = await completeSetup(app)
  organization = setup.organization
  owner = setup.owner
  site = await startMetadataSite()
  idp = await IdentityProvider.create()
  next = await createSigningKey({ name: 'Next' })
  other = await createSigningKey({ name: 'Other' })
})
afterAll(async () => {
  await site.close()
  await app.close()
  await replica.close()
  await database.drop()
})

const signer = () => idp.signer

/** The clock goes on, and the owner, whose session may have ended by then, signs in again. */
async function later(milliseconds: number): Promise<void> {
  clock.advance(milliseconds)
  await owner.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
    input: { email: 'owner@acme.example', password: ownerPassword },
  })
}

/** A connection of the metadata’s address, read for the first time by itself. */
beforeEach(async () => {
  await later(minutes(1))
  site.publish(idp.metadata())
  connection = await create()
  await app.runJobs()
  site.takeVisits()
})

const create = async (): Promise<SamlConnection> => {
  const { createSamlConnection } = await owner.run<{ createSamlConnection: { connection: SamlConnection } }>(
    `mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) {
      connection { id spEntityId loginUrl redirectUrl revision } } }`,
    { input: { organizationId: organization.id, name: 'Metadata', idpMetadataUrl: site.url } },
  )
  return createSamlConnection.connection
}

type Shown = {
  idpSsoUrl: string
  idpMetadataUrl: string | null
  revision: number
  verifiedAt: string | null
  idpCertificates: { fingerprintSha256: string }[]
  metadataRefresh: {
    dueAt: string
    checkedAt: string | null
    problem: string | null
    stagedCertificates: { certificate: { subject: string; fingerprintSha256: string }; seenAt: string }[]
    vanishedFingerprints: string[]
    stagedSsoUrl: string | null
  } | null
}
const fields = `idpSsoUrl idpMetadataUrl revision verifiedAt idpCertificates { fingerprintSha256 } metadataRefresh {
  dueAt checkedAt problem vanishedFingerprints stagedSsoUrl
  stagedCertificates { seenAt certificate { subject fingerprintSha256 } } }`

async function shown(): Promise<Shown> {
  const { node } = await owner.run<{ node: Shown }>(
    `query($id: ID!) { node(id: $id) { ... on SamlConnection { ${fields} } } }`,
    { id: connection.id },
  )
  return node
}
async function refreshed() {
  const { metadataRefresh } = await shown()
  if (metadataRefresh === null) throw new Error('the metadata is not read again')
  return metadataRefresh
}
const staged = async () =>
  (await refreshed()).stagedCertificates.map(({ certificate }) => certificate.fingerprintSha256)
const trusted = async () => (await shown()).idpCertificates.map(({ fingerprintSha256 }) => fingerprintSha256)
const wait = async () => new Date((await refreshed()).dueAt).getTime() - clock.now().getTime()

const update = (input: Record<string, unknown>) =>
  owner.run(
    'mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) { connection { id } } }',
    { input: { connectionId: connection.id, ...input } },
  )
const refreshMutation = `mutation($input: RefreshIdpMetadataInput!) { refreshIdpMetadata(input: $input) { connection { ${fields} } } }`
const refreshNow = () => owner.run(refreshMutation, { input: { connectionId: connection.id } })
const trustMutation = `mutation($input: TrustStagedCertificatesInput!) { trustStagedCertificates(input: $input) { connection { ${fields} } } }`
const trustInput = (...fingerprintsSha256: string[]) => ({ input: { connectionId: connection.id, fingerprintsSha256 } })
const trust = (...fingerprints: string[]) => owner.run(trustMutation, trustInput(...fingerprints))

/** Past the next check, made by the app's own jobs. */
async function nextDay(): Promise<void> {
  await later(days(1))
  await app.runJobs()
}

/** What the audit log says of this connection since its making, oldest first. */
async function events(): Promise<{ type: string; actor: string; summary: string }[]> {
  const rows = await app.db.execute<{ type: string; actor: string; summary: string }>(
    `select type, actor, summary from audit_events where details->>'connectionId' = '${connection.id}'
     and type not in ('ssoConnection.created', 'signIn.refused') order by id`,
  )
  return [...rows].map(({ type, actor, summary }) => ({ type, actor, summary }))
}
const eventTypes = async () => (await events()).map(({ type }) => type)

describe('metadata with an address', () => {
  test('is read again within a minute of saving, and then daily, less a tenth at most', async () => {
    expect(await refreshed()).toMatchObject({
      checkedAt: clock.now().toISOString(),
      problem: null,
      stagedCertificates: [],
      vanishedFingerprints: [],
      stagedSsoUrl: null,
    })
    expect(await wait()).toBeGreaterThanOrEqual(0.9 * days(1))
    expect(await wait()).toBeLessThanOrEqual(days(1))
    await later(hours(21))
    await app.runJobs()
    expect(site.takeVisits()).toBe(0)
    await later(hours(3))
    await app.runJobs()
    expect(site.takeVisits()).toBeGreaterThanOrEqual(1)
    expect((await refreshed()).checkedAt).toBe(clock.now().toISOString())
    expect(await events()).toEqual([])
  })

  test('is read sooner when it says so, and never more than once an hour', async () => {
    site.publish(idp.metadata({ attributes: { cacheDuration: 'PT6H' } }))
    await refreshNow()
    expect(await wait()).toBeGreaterThanOrEqual(0.9 * hours(6))
    expect(await wait()).toBeLessThanOrEqual(hours(6))
    site.publish(idp.metadata({ attributes: { cacheDuration: 'PT1S' } }))
    await refreshNow()
    expect(await wait()).toBe(hours(1))
    const validUntil = new Date(clock.now().getTime() + hours(10)).toISOString()
    site.publish(idp.metadata({ attributes: { validUntil } }))
    await refreshNow()
    expect(await wait()).toBeLessThanOrEqual(hours(5))
  })

  test('is read from another address once that is saved, and no longer when it is cleared', async () => {
    const moved = await startMetadataSite()
    try {
      moved.publish(idp.metadata({ keys: [signer(), next] }))
      await update({ idpMetadataUrl: moved.url, idpCertificates: [signer().certificate] })
      moved.takeVisits()
      expect((await refreshed()).checkedAt).toBeNull()
      await app.runJobs()
      expect([site.takeVisits(), moved.takeVisits()]).toEqual([0, 1])
      expect(await staged()).toEqual([next.fingerprint])
      await update({ idpMetadataUrl: null })
      expect(await shown()).toMatchObject({ idpMetadataUrl: null, metadataRefresh: null })
      await nextDay()
      expect(moved.takeVisits()).toBe(0)
    } finally {
      await moved.close()
    }
  })

  test('is read by exactly one replica, however many look at the same moment', async () => {
    const made = new Set<string>()
    for (let i = 0; i < 12; i += 1) made.add((await create()).id)
    site.takeVisits()
    await Promise.all([app.runJobs(), replica.runJobs(), app.runJobs(), replica.runJobs()])
    expect(site.takeVisits()).toBe(made.size)
    const rows = await app.db.execute<{ connection_id: string; checked_at: string | null }>(
      'select connection_id, checked_at from saml_metadata_refreshes',
    )
    const checked = [...rows].filter((row) => made.has(row.connection_id) && row.checked_at !== null)
    expect(checked).toHaveLength(made.size)
  })

  test('is passed over while another replica is taking it', async () => {
    await later(days(1))
    const before = (await refreshed()).checkedAt
    await app.db.transaction(async (tx) => {
      await tx.execute(`select 1 from saml_metadata_refreshes where connection_id = '${connection.id}' for update`)
      await app.runJobs()
      expect((await refreshed()).checkedAt).toBe(before)
    })
    await app.runJobs()
    expect((await refreshed()).checkedAt).toBe(clock.now().toISOString())
  })

  test('is taken over from a replica that died while it was reading', async () => {
    await later(days(1))
    // As claiming leaves it: put off, and nobody comes back.
    await app.db.execute(
      `update saml_metadata_refreshes set due_at = '${new Date(clock.now().getTime() + minutes(10)).toISOString()}'`,
    )
    await app.runJobs()
    expect(site.takeVisits()).toBe(0)
    await later(minutes(10))
    await replica.runJobs()
    expect(site.takeVisits()).toBeGreaterThanOrEqual(1)
    expect((await refreshed()).checkedAt).toBe(clock.now().toISOString())
  })
})

describe('a new signing certificate in the metadata', () => {
  test('is staged and shown, and not trusted until an owner says so; the old one stays', async () => {
    site.publish(idp.metadata({ keys: [signer(), next] }))
    await nextDay()
    expect(await refreshed()).toMatchObject({
      stagedCertificates: [
        { certificate: { subject: 'CN=Next', fingerprintSha256: next.fingerprint }, seenAt: clock.now().toISOString() },
      ],
      vanishedFingerprints: [],
    })
    expect(await trusted()).toEqual([signer().fingerprint])
    expect(await events()).toEqual([
      {
        type: 'ssoConnection.metadataChanged',
        actor: 'Gatehouse',
        summary: 'The metadata of the SSO connection Metadata announces 1 new certificate. Nothing was changed by it.',
      },
    ])
    const before = (await shown()).revision
    await trust(next.fingerprint)
    expect(await trusted()).toEqual([signer().fingerprint, next.fingerprint])
    expect(await staged()).toEqual([])
    expect((await shown()).revision).toBe(before + 1)
    expect((await events()).at(-1)).toMatchObject({
      type: 'ssoConnection.certificatesTrusted',
      actor: 'owner@acme.example',
    })
  })

  test('keeps the moment in which it was first seen, and is told of once', async () => {
    site.publish(idp.metadata({ keys: [signer(), next] }))
    await nextDay()
    const seenAt = clock.now().toISOString()
    await nextDay()
    await nextDay()
    expect((await refreshed()).stagedCertificates).toMatchObject([{ seenAt }])
    expect(await eventTypes()).toEqual(['ssoConnection.metadataChanged'])
  })

  test('is no longer staged when the metadata withdraws it', async () => {
    site.publish(idp.metadata({ keys: [signer(), next] }))
    await nextDay()
    site.publish(idp.metadata())
    await nextDay()
    expect(await staged()).toEqual([])
    expect(await owner.refusedFields(trustMutation, trustInput(next.fingerprint))).toEqual([
      'input.fingerprintsSha256 NOT_STAGED',
    ])
  })

  test('is trusted alone: what was staged beside it waits on', async () => {
    site.publish(idp.metadata({ keys: [signer(), next, other] }))
    await refreshNow()
    await trust(next.fingerprint.toLowerCase())
    expect(await trusted()).toEqual([signer().fingerprint, next.fingerprint])
    expect(await staged()).toEqual([other.fingerprint])
  })

  test('can only be trusted by its name', async () => {
    site.publish(idp.metadata({ keys: [signer(), next] }))
    await refreshNow()
    const refused = (...fingerprints: string[]) => owner.refusedFields(trustMutation, trustInput(...fingerprints))
    expect(await refused()).toEqual(['input.fingerprintsSha256 REQUIRED'])
    expect(await refused(other.fingerprint)).toEqual(['input.fingerprintsSha256 NOT_STAGED'])
    expect(await refused(next.fingerprint, other.fingerprint)).toEqual(['input.fingerprintsSha256 NOT_STAGED'])
    expect(await trusted()).toEqual([signer().fingerprint])
    const names = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine']
    const many = await Promise.all(names.map((name) => createSigningKey({ name, kind: 'ec' })))
    await update({ idpCertificates: [signer(), ...many].map(({ certificate }) => certificate) })
    expect(await refused(next.fingerprint)).toEqual(['input.fingerprintsSha256 TOO_MANY'])
  })

  test('takes the verification away until somebody signs in with it', async () => {
    await signIn(app, idp, connection, { subject: 'vera', email: 'vera@acme.example' })
    expect((await shown()).verifiedAt).not.toBeNull()
    site.publish(idp.metadata({ keys: [signer(), next] }))
    await refreshNow()
    await trust(next.fingerprint)
    expect((await shown()).verifiedAt).toBeNull()
  })
})

describe('a certificate that the metadata no longer lists', () => {
  test('stays trusted through the overlap, and is named until an owner removes it', async () => {
    site.publish(idp.metadata({ keys: [next] }))
    await nextDay()
    expect(await refreshed()).toMatchObject({ vanishedFingerprints: [signer().fingerprint] })
    expect(await trusted()).toEqual([signer().fingerprint])
    expect((await events()).map(({ summary }) => summary)).toEqual([
      'The metadata of the SSO connection Metadata announces 1 new certificate and no longer lists 1 certificate. Nothing was changed by it.',
    ])
    const { step } = await signIn(app, idp, connection, { subject: 'olga', email: 'olga@acme.example' })
    expect(step).toHaveProperty('location')
    await trust(next.fingerprint)
    await update({ idpCertificates: [next.certificate] })
    expect((await refreshed()).vanishedFingerprints).toEqual([])
    expect(await trusted()).toEqual([next.fingerprint])
  })
})

describe('a sign-in signed with the next certificate', () => {
  const advice = async () => {
    const { node } = await owner.run<{
      node: { signInAttempts: { nodes: { failureReason: string; advice: string }[] } }
    }>(
      'query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes { failureReason advice } } } } }',
      { id: connection.id },
    )
    return node.signInAttempts.nodes[0]
  }
  const signInWith = async (signer: SigningKey) => {
    const before = idp.signer
    idp.signer = signer
    try {
      return (await signIn(app, idp, connection, { subject: 'rosa', email: 'rosa@acme.example' })).step
    } finally {
      idp.signer = before
    }
  }

  test('is refused, and the owner reads that the certificate waits for them; then it works', async () => {
    site.publish(idp.metadata({ keys: [signer(), next] }))
    await nextDay()
    expect(await signInWith(next)).toMatchObject({ refused: 'SIGNATURE_INVALID' })
    expect(await advice()).toMatchObject({
      failureReason: 'SIGNATURE_INVALID',
      advice: expect.stringMatching(
        new RegExp(`signs with its new certificate now.*\\(${next.fingerprint}\\).*press Trust`),
      ),
    })
    await trust(next.fingerprint)
    expect(await signInWith(next)).toHaveProperty('location')
  })

  test('gets no such advice when the certificate is one that nobody announced', async () => {
    site.publish(idp.metadata({ keys: [signer(), next] }))
    await nextDay()
    expect(await signInWith(other)).toMatchObject({ refused: 'SIGNATURE_INVALID' })
    expect((await advice())?.advice).toContain('Compare the fingerprints')
  })

  test('has the metadata read again at once, though at most once an hour', async () => {
    site.publish(idp.metadata({ keys: [signer(), next] }))
    await later(hours(2))
    await signInWith(next)
    await app.runJobs()
    expect(site.takeVisits()).toBe(1)
    expect(await staged()).toEqual([next.fingerprint])
    for (const _ of [1, 2, 3]) {
      await signInWith(other)
      await app.runJobs()
    }
    expect(site.takeVisits()).toBe(0)
  })

  test('does not hurry on metadata that could not be read', async () => {
    site.publish(503)
    await refreshNow()
    for (let failed = 0; failed < 4; failed += 1) {
      await later(hours(3))
      await app.runJobs()
    }
    site.takeVisits()
    await later(minutes(61))
    await signInWith(other)
    await app.runJobs()
    expect(site.takeVisits()).toBe(0)
  })
})

describe('metadata that names another Single Sign-On URL', () => {
  test('changes nothing by itself: the owner sees it and takes it over', async () => {
    const stagedSsoUrl = 'https://new.idp.example/sso'
    site.publish(idp.metadata({ ssoUrl: stagedSsoUrl }))
    await nextDay()
    await nextDay()
    expect(await shown()).toMatchObject({ idpSsoUrl: idp.ssoUrl, metadataRefresh: { stagedSsoUrl } })
    expect((await events()).map(({ summary }) => summary)).toEqual([
      `The metadata of the SSO connection Metadata names another Single Sign-On URL, ${stagedSsoUrl}. Nothing was changed by it.`,
    ])
    await update({ idpSsoUrl: stagedSsoUrl })
    expect(await shown()).toMatchObject({ idpSsoUrl: stagedSsoUrl, metadataRefresh: { stagedSsoUrl: null } })
  })
})

describe('metadata that cannot be relied upon', () => {
  test('of another entity ID is not taken over, and the owner reads both', async () => {
    site.publish(
      idp.metadata({ entityId: 'https://mallory.example', keys: [other], ssoUrl: 'https://mallory.example/sso' }),
    )
    await nextDay()
    const { problem, stagedCertificates, stagedSsoUrl } = await refreshed()
    expect(problem).toContain('https://mallory.example, where https://idp.example/entity is expected')
    expect([stagedCertificates, stagedSsoUrl]).toEqual([[], null])
    expect(await trusted()).toEqual([signer().fingerprint])
  })

  test('keeps no more of what it says than anybody reads', async () => {
    site.publish(idp.metadata({ entityId: `https://mallory.example/${'x'.repeat(500_000)}` }))
    await nextDay()
    expect((await refreshed()).problem?.length).toBeLessThan(1100)
    site.publish(idp.metadata({ ssoUrl: `https://idp.example/${'x'.repeat(500_000)}` }))
    await nextDay()
    expect((await refreshed()).stagedSsoUrl?.length).toBeLessThan(2100)
    const [{ longest } = { longest: null }] = await app.db.execute<{ longest: number }>(
      'select max(length(details::text) + length(summary)) as longest from audit_events',
    )
    expect(longest).toBeLessThan(10_000)
  })

  test.each([
    ['is gone', () => 404, 'answered with status 404'],
    ['is a web page', () => '<!doctype html><title>Sign in</title>', 'This is a web page'],
    ['is no XML', () => '<EntityDescriptor', 'not an XML document'],
    ['has ended', () => idp.metadata({ attributes: { validUntil: '2020-01-01T00:00:00Z' } }), 'was valid until 2020'],
    [
      'ends at no time that can be read',
      () => idp.metadata({ attributes: { validUntil: 'soon' } }),
      'not an XML|valid until',
    ],
  ])('because it %s: the reason is shown, and what was trusted stays', async (_what, what, expected) => {
    site.publish(idp.metadata({ keys: [signer(), next] }))
    await refreshNow()
    site.publish(what())
    await nextDay()
    expect((await refreshed()).problem).toMatch(new RegExp(expected))
    expect(await trusted()).toEqual([signer().fingerprint])
    expect(await staged()).toEqual([next.fingerprint])
  })

  test('is tried again after a quarter of an hour, then less and less often', async () => {
    site.publish(500)
    await later(days(1))
    const waits: number[] = []
    for (let failed = 0; failed < 4; failed += 1) {
      await app.runJobs()
      waits.push(await wait())
      await later(waits.at(-1) ?? 0)
    }
    for (const [failed, waited] of waits.entries()) {
      expect(waited).toBeGreaterThanOrEqual(0.9 * minutes(15) * 2 ** failed)
      expect(waited).toBeLessThanOrEqual(minutes(15) * 2 ** failed)
    }
  })

  test('is noted once for as long as the problem is the same, and again when it is over', async () => {
    site.publish(500)
    await nextDay()
    await nextDay()
    expect(await eventTypes()).toEqual(['ssoConnection.metadataFailed'])
    site.publish(404)
    await nextDay()
    expect(await eventTypes()).toEqual(['ssoConnection.metadataFailed', 'ssoConnection.metadataFailed'])
    site.publish(idp.metadata())
    await nextDay()
    await nextDay()
    expect((await events()).map(({ type, actor }) => [type, actor]).slice(2)).toEqual([
      ['ssoConnection.metadataRecovered', 'Gatehouse'],
    ])
    expect((await refreshed()).problem).toBeNull()
    expect(await wait()).toBeGreaterThanOrEqual(0.9 * days(1))
  })
})

describe('reading it again on demand', () => {
  test('answers with what was found, in the owner’s name', async () => {
    site.publish(idp.metadata({ keys: [signer(), next] }))
    const { refreshIdpMetadata } = await owner.run<{ refreshIdpMetadata: { connection: Shown } }>(refreshMutation, {
      input: { connectionId: connection.id },
    })
    expect(refreshIdpMetadata.connection.metadataRefresh).toMatchObject({
      checkedAt: clock.now().toISOString(),
      stagedCertificates: [{ certificate: { subject: 'CN=Next' } }],
    })
    expect(await events()).toMatchObject([{ type: 'ssoConnection.metadataChanged', actor: 'owner@acme.example' }])
  })

  test('shows a problem rather than failing', async () => {
    site.publish(503)
    await refreshNow()
    expect((await refreshed()).problem).toContain('status 503')
  })

  test('needs an address', async () => {
    await update({ idpMetadataUrl: null })
    expect(await owner.refusedFields(refreshMutation, { input: { connectionId: connection.id } })).toEqual([
      'input.connectionId NO_METADATA_URL',
    ])
  })

  test('counts towards the limit of fetches', async () => {
    const limited = await startTestApp({
      clock,
      database,
      environment: { ALLOW_PRIVATE_METADATA_URLS: 'on', RATE_LIMITS: 'on' },
    })
    try {
      const client = limited.nobody().withCookies(owner.cookieHeader)
      const codes: string[] = []
      for (let asked = 0; asked < 31; asked += 1) {
        codes.push(await client.codeOf(refreshMutation, { input: { connectionId: connection.id } }))
      }
      expect(codes.filter((code) => code === 'OK')).toHaveLength(30)
      expect(codes.at(-1)).toBe('RATE_LIMITED')
    } finally {
      await limited.close()
    }
  })
})

test('what was read at an address that is the connection’s no more is thrown away', async () => {
  const moved = await startMetadataSite()
  try {
    moved.publish(idp.metadata())
    // The owner moves on while the old address takes its time to answer.
    site.publish(async () => {
      await update({ idpMetadataUrl: moved.url, idpCertificates: [signer().certificate] })
      return idp.metadata({ keys: [signer(), next] })
    })
    await refreshNow()
    expect(await refreshed()).toMatchObject({ checkedAt: null, stagedCertificates: [] })
  } finally {
    await moved.close()
  }
})

test('a connection that is deleted while its metadata is read stays deleted', async () => {
  site.publish(async () => {
    await owner.run(
      'mutation($input: DeleteSsoConnectionInput!) { deleteSsoConnection(input: $input) { deletedConnectionId } }',
      { input: { connectionId: connection.id } },
    )
    return idp.metadata({ keys: [signer(), next] })
  })
  expect(await owner.codeOf(refreshMutation, { input: { connectionId: connection.id } })).toBe('NOT_FOUND')
  expect(await eventTypes()).toEqual(['ssoConnection.deleted'])
})
