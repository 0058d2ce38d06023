import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { days } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createSigningKey, type SigningKey } from '../testkit/certificates.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type MailServer, readMail, startMailServer } from '../testkit/mail-server.ts'
import { startMetadataSite } from '../testkit/metadata-site.ts'
import {
  changeRole,
  completeSetup,
  connect,
  joinBySso,
  type Organization,
  ownerPassword,
  signIn,
} from '../testkit/scenario.ts'

let mail: MailServer
let idp: IdentityProvider
/** Ends in 70 days. */
let short: SigningKey
let database: TestDatabase
let clock: TestClock
let app: TestApp
let replica: TestApp
let organization: Organization
let owner: GraphqlClient
beforeAll(async () => {
  mail = await startMailServer()
  idp = await IdentityProvider.create()
})
afterAll(() => mail.close())

const environment = () => ({
  SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
  MAIL_FROM: 'sso@gatehouse.example',
  ALLOW_PRIVATE_METADATA_URLS: 'on',
})

/** Two replicas on a new database, at the present. */
beforeEach(async () => {
  mail.received.length = 0
  short = await createSigningKey({ name: 'Short', days: 70 })
  idp.signer = short
  database = await createTestDatabase()
  clock = createTestClock()
  app = await startTestApp({ clock, database, environment: environment() })
  replica = await startTestApp({ clock, database, environment: environment() })
  const setup = await completeSetup(app)
  organization = setup.organization
  owner = setup.owner
  return async () => {
    await app.close()
    await replica.close()
    await database.drop()
  }
})

const endOf = ({ certificate }: SigningKey): Date => new Date(new X509Certificate(certificate).validTo)

/** So many days before the certificate ends, every replica does what it does by itself, all at the same moment. */
async function goTo(daysBefore: number): Promise<void> {
  clock.advance(endOf(short).getTime() - days(daysBefore) - clock.now().getTime())
  await Promise.all([app.runJobs(), replica.runJobs()])
  await Promise.all([app.runJobs(), replica.runJobs()])
  await owner.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
    input: { email: 'owner@acme.example', password: ownerPassword },
  })
}

type Event = { summary: string; details: { daysBefore: number; fingerprint: string; name: string }; actor: string }
async function events(): Promise<Event[]> {
  const rows = await app.db.execute<Event>(
    `select summary, details, actor from audit_events where type = 'ssoConnection.certificateExpiring' order by id`,
  )
  return [...rows]
}
const warned = async () => (await events()).map(({ details }) => details.daysBefore)

function lastMail(): ReturnType<typeof readMail> {
  const last = mail.received.at(-1)
  if (last === undefined) throw new Error('no mail came')
  return readMail(last)
}
const mutate = (name: string, input: Record<string, unknown>) =>
  owner.run(
    `mutation($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename } }`,
    { input },
  )

describe('a trusted certificate that ends', () => {
  test('is told of 60, 30, 7 and 1 days before, once each, whichever replica sees it', async () => {
    await connect(owner, organization.id, idp, { name: 'Entra' })
    for (const [daysBefore, expected] of [
      [61, []],
      [60, [60]],
      [45, [60]],
      [30, [60, 30]],
      [7, [60, 30, 7]],
      [1, [60, 30, 7, 1]],
      [0, [60, 30, 7, 1]],
      [-10, [60, 30, 7, 1]],
    ] as const) {
      await goTo(daysBefore)
      expect([daysBefore, await warned()]).toEqual([daysBefore, expected])
    }
    expect(mail.received).toHaveLength(4)
    expect((await events())[0]).toMatchObject({
      actor: 'Gatehouse',
      summary: `A certificate of the SSO connection Entra expires on ${endOf(short).toISOString().slice(0, 10)}: CN=Short.`,
      details: { fingerprint: short.fingerprint, name: 'Entra' },
    })
  })

  test('is told of once when little time is left from the beginning', async () => {
    await goTo(5)
    await connect(owner, organization.id, idp)
    await goTo(4)
    expect(await warned()).toEqual([7])
  })

  test('is told of for each connection that trusts it, and for none that is disabled', async () => {
    await connect(owner, organization.id, idp, { name: 'One' })
    await connect(owner, organization.id, idp, { name: 'Two' })
    const { id } = await connect(owner, organization.id, idp, { name: 'Disabled' })
    await mutate('setSsoConnectionEnabled', { connectionId: id, enabled: false })
    await goTo(60)
    expect((await events()).map(({ details }) => details.name).sort()).toEqual(['One', 'Two'])
  })

  test('still lets members in after that day, as the warning says', async () => {
    const connection = await connect(owner, organization.id, idp)
    await goTo(-1)
    const { step } = await signIn(app, idp, connection, { subject: 'late', email: 'late@acme.example' })
    expect(step).toHaveProperty('location')
  })

  test('warns on the page from 60 days before, in plain words', async () => {
    const { id } = await connect(owner, organization.id, idp)
    const warnings = async () => {
      const { node } = await owner.run<{ node: { idpCertificates: { warnings: string[] }[] } }>(
        'query($id: ID!) { node(id: $id) { ... on SamlConnection { idpCertificates { warnings } } } }',
        { id },
      )
      return node.idpCertificates.flatMap((certificate) => certificate.warnings)
    }
    const date = endOf(short).toISOString().slice(0, 10)
    await goTo(61)
    expect(await warnings()).toEqual([])
    await goTo(59)
    expect(await warnings()).toEqual([
      `Expires on ${date}, in 59 days. Its key keeps working here after that, but the identity provider will change to a new one: ask for the next certificate and add it beside this one.`,
    ])
    await goTo(-1)
    expect(await warnings()).toEqual([
      `Expired on ${date}. Its key keeps working here, but the identity provider will change to a new one: ask for the current certificate and add it beside this one.`,
    ])
  })
})

describe('the mail about it', () => {
  test('goes to every owner who is not suspended, and to nobody else', async () => {
    const connection = await connect(owner, organization.id, idp)
    const join = async (name: string, role: string) => {
      const member = await joinBySso(app, idp, connection, { subject: name, email: `${name}@acme.example` })
      if (role !== 'member') await changeRole(owner, member.membershipId, role)
      return member.membershipId
    }
    await join('second', 'owner')
    await join('admin', 'admin')
    await join('member', 'member')
    await mutate('setMemberSuspended', { membershipId: await join('suspended', 'owner'), suspended: true })
    await goTo(60)
    expect(mail.received.flatMap(({ to }) => to).sort()).toEqual(['owner@acme.example', 'second@acme.example'])
  })

  test('says which certificate, what happens, what to do, and where', async () => {
    const { id } = await connect(owner, organization.id, idp, { name: 'Entra <prod>' })
    await goTo(30)
    const { headers, text, html } = lastMail()
    const words = text.replace(/\s+/g, ' ')
    expect(headers.get('subject')).toBe('Entra <prod>: a certificate expires in 30 days')
    expect(words).toContain(
      `CN=Short, which the identity provider of Acme signs with for the SSO connection Entra <prod>, expires on ${endOf(short).toISOString().slice(0, 10)}, in 30 days.`,
    )
    expect(words).toContain('Its key keeps working here after that day.')
    expect(words).toContain('Ask whoever runs the identity provider for the next certificate')
    expect(words).toContain(short.fingerprint)
    // Whichever replica wrote it; in earnest they have one address.
    const { origin } = [app, replica].find((each) => text.includes(each.origin)) ?? app
    const url = `${origin}/organizations/acme/settings/sso/${id}`
    expect(text).toContain(url)
    expect(html).toContain(`href="${url}"`)
    expect(html).toContain('Entra &lt;prod&gt;')
  })

  test('names the certificate that is there already', async () => {
    const next = await createSigningKey({ name: 'Next', days: 800 })
    await connect(owner, organization.id, idp, { idpCertificates: [short.certificate, next.certificate] })
    await goTo(7)
    expect(lastMail().text.replace(/\s+/g, ' ')).toContain(
      '(CN=Next). If the identity provider signs with that one now',
    )
  })

  test('names the certificate that waits to be trusted', async () => {
    const next = await createSigningKey({ name: 'Next', days: 800 })
    const site = await startMetadataSite()
    try {
      site.publish(idp.metadata({ keys: [short, next] }))
      await connect(owner, organization.id, idp, { idpMetadataUrl: site.url })
      await goTo(61)
      await goTo(7)
      expect(lastMail().text.replace(/\s+/g, ' ')).toContain('announces a new certificate already')
    } finally {
      await site.close()
    }
  })

  test('is not queued where no mail is configured; the audit log says it all the same', async () => {
    const quiet = await startTestApp({ clock, database })
    try {
      await connect(owner, organization.id, idp)
      clock.advance(days(40))
      await quiet.runJobs()
      expect(await warned()).toEqual([30])
      const [row] = await app.db.execute<{ count: string }>('select count(*) from mail_outbox')
      expect([Number(row?.count), mail.received]).toEqual([0, []])
    } finally {
      await quiet.close()
    }
  })
})
