import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { days, hours, minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts'
import { type DnsServer, startDnsServer } from '../testkit/dns-server.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { type MailServer, readMail, startMailServer } from '../testkit/mail-server.ts'
import { completeSetup, type Organization, ownerPassword } from '../testkit/scenario.ts'

let mail: MailServer
let dns: DnsServer
let database: TestDatabase
let clock: TestClock
let app: TestApp
let replica: TestApp
let organization: Organization
let other: Organization
let owner: GraphqlClient
beforeAll(async () => {
  mail = await startMailServer()
  dns = await startDnsServer()
  database = await createTestDatabase()
  clock = createTestClock()
  const environment = {
    DNS_SERVERS: dns.address,
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: 'sso@gatehouse.example',
  }
  app = await startTestApp({ clock, database, environment })
  replica = await startTestApp({ clock, database, environment })
  const setup = await completeSetup(app)
  organization = setup.organization
  owner = setup.owner
  const { createOrganization } = await owner.run<{ createOrganization: { organization: Organization } }>(
    'mutation { createOrganization(input: { name: "Globex", slug: "globex" }) { organization { id slug } } }',
  )
  other = createOrganization.organization
})
afterAll(async () => {
  await app.close()
  await replica.close()
  await database.drop()
  await dns.close()
  await mail.close()
})

let number = 0
let name: string
beforeEach(() => {
  number += 1
  name = `acme-${number}.example`
})

type Domain = {
  id: string
  name: string
  recordName: string
  recordValue: string
  verifiedAt: string | null
  checkedAt: string | null
  problem: string | null
}
const fields = 'id name recordName recordValue verifiedAt checkedAt problem'
const addMutation = `mutation($input: AddDomainInput!) { addDomain(input: $input) { domain { ${fields} } } }`
const verifyMutation = `mutation($input: VerifyDomainInput!) { verifyDomain(input: $input) { domain { ${fields} } } }`

const add = async (text = name, organizationId = organization.id): Promise<Domain> =>
  (await owner.run<{ addDomain: { domain: Domain } }>(addMutation, { input: { organizationId, name: text } })).addDomain
    .domain
const verify = async ({ id }: { id: string }): Promise<Domain> =>
  (await owner.run<{ verifyDomain: { domain: Domain } }>(verifyMutation, { input: { domainId: id } })).verifyDomain
    .domain
const remove = ({ id }: { id: string }) =>
  owner.run('mutation($input: RemoveDomainInput!) { removeDomain(input: $input) { removedDomainId } }', {
    input: { domainId: id },
  })
const read = async ({ id }: { id: string }): Promise<Domain> =>
  (await owner.run<{ node: Domain }>(`query($id: ID!) { node(id: $id) { ... on Domain { ${fields} } } }`, { id })).node
const proved = async (text = name): Promise<Domain> => {
  const domain = await add(text)
  dns.say(domain.recordName, { txt: [domain.recordValue] })
  return verify(domain)
}

/** The clock goes on, all replicas do what they do by themselves, and the owner signs in again. */
async function later(milliseconds: number): Promise<void> {
  clock.advance(milliseconds)
  await Promise.all([app.runJobs(), replica.runJobs()])
  await owner.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
    input: { email: 'owner@acme.example', password: ownerPassword },
  })
}
async function events(domain: { id: string }): Promise<string[]> {
  const rows = await app.db.execute<{ type: string }>(
    `select type from audit_events where details->>'domainId' = '${domain.id}' order by id`,
  )
  return [...rows].map(({ type }) => type)
}

describe('adding a domain', () => {
  test('gives the record to make; the domain counts for nothing yet', async () => {
    const domain = await add()
    expect(domain).toMatchObject({
      name,
      recordName: `_gatehouse-challenge.${name}`,
      verifiedAt: null,
      checkedAt: null,
    })
    expect(domain.id).toMatch(/^dom_[0-9a-z]{26}$/)
    expect(domain.recordValue).toMatch(/^gatehouse-verification=[\w-]{43}$/)
    expect(await events(domain)).toEqual(['domain.added'])
    const { organization: read } = await owner.run<{ organization: { domains: Domain[] } }>(
      `{ organization(slug: "acme") { domains { ${fields} } } }`,
    )
    expect(read.domains).toContainEqual(domain)
  })

  test.each([
    ['  ACME-Case.Example. ', 'acme-case.example'],
    ['https://acme-web.example/path?x', 'acme-web.example'],
    ['somebody@acme-mail.example', 'acme-mail.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['ａｃｍｅ-wide.example', 'acme-wide.example'],
    ['mail.acme-sub.example', 'mail.acme-sub.example'],
    ['acme.co.uk', 'acme.co.uk'],
  ])('takes %j for %s', async (text, expected) => {
    expect((await add(text)).name).toBe(expected)
  })

  test.each([
    ['', 'INVALID_DOMAIN'],
    ['acme', 'INVALID_DOMAIN'],
    ['acme..example', 'INVALID_DOMAIN'],
    ['-acme.example', 'INVALID_DOMAIN'],
    ['192.0.2.1', 'INVALID_DOMAIN'],
    ['0x7f.1', 'INVALID_DOMAIN'],
    ['[2001:db8::1]', 'INVALID_DOMAIN'],
    ['acme.example:8080', 'INVALID_DOMAIN'],
    [`${'a'.repeat(64)}.example`, 'INVALID_DOMAIN'],
    ['co.uk', 'PUBLIC_SUFFIX'],
    ['github.io', 'PUBLIC_SUFFIX'],
    ['gmail.com', 'PUBLIC_MAIL_DOMAIN'],
    ['Outlook.com', 'PUBLIC_MAIL_DOMAIN'],
    ['mail.yahoo.com', 'PUBLIC_MAIL_DOMAIN'],
  ])('refuses %j: %s', async (text, reason) => {
    const input = { organizationId: organization.id, name: text }
    expect(await owner.refusedFields(addMutation, { input })).toEqual([`input.name ${reason}`])
  })

  test('twice is a conflict; the same in two organizations is not, until one proves it', async () => {
    await add()
    expect(await owner.codeOf(addMutation, { input: { organizationId: organization.id, name } })).toBe(
      'CONFLICT DOMAIN_EXISTS',
    )
    expect((await add(name, other.id)).recordValue).not.toBe((await add(`x.${name}`)).recordValue)
  })
})

describe('checking a domain', () => {
  test('proves it where one of several records is right', async () => {
    const domain = await add()
    dns.say(domain.recordName, { txt: ['v=spf1 -all', domain.recordValue, 'something else'] })
    expect(await verify(domain)).toMatchObject({ verifiedAt: clock.now().toISOString(), problem: null })
    expect(await events(domain)).toEqual(['domain.added', 'domain.verified'])
  })

  test('puts the strings of one record together', async () => {
    const domain = await add()
    dns.say(domain.recordName, { txt: [[domain.recordValue.slice(0, 20), domain.recordValue.slice(20)]] })
    expect((await verify(domain)).verifiedAt).not.toBeNull()
  })

  test('follows an alias', async () => {
    const domain = await add()
    dns.say(domain.recordName, { alias: 'challenge.elsewhere.example', txt: [domain.recordValue] })
    expect((await verify(domain)).verifiedAt).not.toBeNull()
  })

  test('asks again over TCP when the answer does not fit', async () => {
    const domain = await add()
    const many = Array.from({ length: 30 }, (_, index) => `filling the packet ${index} `.repeat(5))
    dns.say(domain.recordName, { txt: [...many, domain.recordValue], truncated: true })
    expect((await verify(domain)).verifiedAt).not.toBeNull()
  })

  test.each([
    ['NXDOMAIN', 'There is no TXT record at'],
    ['NO_TXT', 'There is no TXT record at'],
    ['SERVFAIL', 'The DNS gave no answer about'],
  ] as const)('of %s says so', async (said, problem) => {
    const domain = await add()
    dns.say(domain.recordName, said)
    expect(await verify(domain)).toMatchObject({ verifiedAt: null, problem: expect.stringContaining(problem) })
  })

  test('of a server that keeps silent ends, and says so', async () => {
    const domain = await add()
    dns.say(domain.recordName, 'SILENCE')
    expect((await verify(domain)).problem).toContain('The DNS gave no answer about')
    dns.say(domain.recordName, 'NXDOMAIN')
  }, 30_000)

  test.each([
    ['of another domain', (value: string) => `${value}x`],
    ['in other letters', (value: string) => value.toUpperCase()],
    ['with more around it', (value: string) => `"${value}"`],
  ])('does not take a value %s, and shows what is there', async (_what, change) => {
    const domain = await add()
    dns.say(domain.recordName, { txt: [change(domain.recordValue)] })
    expect(await verify(domain)).toMatchObject({ verifiedAt: null, problem: expect.stringContaining('another value') })
  })

  test('does not take the record of the domain itself, or of one above', async () => {
    const domain = await add(`mail.${name}`)
    dns.say(name, { txt: [domain.recordValue] })
    dns.say(`_gatehouse-challenge.${name}`, { txt: [domain.recordValue] })
    expect((await verify(domain)).verifiedAt).toBeNull()
  })
})

describe('one domain belongs to one organization', () => {
  test('another one that proves it too is told that it is taken, and not by whom', async () => {
    const first = await proved()
    const second = await add(name, other.id)
    expect(await owner.codeOf(verifyMutation, { input: { domainId: second.id } })).toBe('OK')
    dns.say(second.recordName, { txt: [first.recordValue, second.recordValue] })
    const { errors } = await owner.send(verifyMutation, { input: { domainId: second.id } })
    expect(errors[0]).toMatchObject({ extensions: { code: 'CONFLICT', reason: 'DOMAIN_TAKEN' } })
    expect(errors[0]?.message).not.toMatch(/acme[^-]|org_/i)
    expect(await read(second)).toMatchObject({ verifiedAt: null })
    await remove(first)
    expect((await verify(second)).verifiedAt).not.toBeNull()
  })

  test('two that prove it at the same moment: one has it', async () => {
    const both = [await add(), await add(name, other.id)]
    dns.say(`_gatehouse-challenge.${name}`, { txt: both.map(({ recordValue }) => recordValue) })
    const codes = await Promise.all(both.map(({ id }) => owner.codeOf(verifyMutation, { input: { domainId: id } })))
    expect(codes.toSorted()).toEqual(['CONFLICT DOMAIN_TAKEN', 'OK'])
  })
})

describe('a domain is checked again by itself', () => {
  test('by one replica, and found within minutes of being added', async () => {
    await later(days(2))
    const domain = await add()
    dns.say(domain.recordName, { txt: [domain.recordValue] })
    clock.advance(minutes(6))
    await Promise.all([app.runJobs(), replica.runJobs()])
    expect(dns.questionsAbout(domain.recordName)).toBe(1)
    expect(await read(domain)).toMatchObject({ verifiedAt: clock.now().toISOString() })
    await later(hours(23))
    expect((await read(domain)).checkedAt).not.toBe(clock.now().toISOString())
    await later(hours(2))
    expect((await read(domain)).checkedAt).toBe(clock.now().toISOString())
  })

  test('stays proved while the DNS is silent or broken, however long', async () => {
    const domain = await proved()
    dns.say(domain.recordName, 'SERVFAIL')
    for (let day = 0; day < 10; day += 1) await later(days(1))
    expect(await read(domain)).toMatchObject({
      verifiedAt: domain.verifiedAt,
      problem: expect.stringContaining('no answer'),
    })
    dns.say(domain.recordName, 'NXDOMAIN')
    await later(days(1))
    await later(days(2))
    expect((await read(domain)).verifiedAt).toBe(domain.verifiedAt)
  })

  test('is lost when the record has been gone for three days, and the owners are told once', async () => {
    const domain = await proved()
    mail.received.length = 0
    dns.say(domain.recordName, 'NXDOMAIN')
    await later(days(1))
    for (let hour = 0; hour < 66; hour += 6) await later(hours(6))
    expect((await read(domain)).verifiedAt).toBe(domain.verifiedAt)
    for (let hour = 0; hour < 12; hour += 6) await later(hours(6))
    expect(await read(domain)).toMatchObject({ verifiedAt: null })
    expect(await events(domain)).toEqual(['domain.added', 'domain.verified', 'domain.lost'])
    await Promise.all([app.runJobs(), replica.runJobs()])
    const mails = mail.received.filter((each) => readMail(each).text.includes(name))
    expect(mails.map(({ to }) => to)).toEqual([['owner@acme.example']])
  })

  test('a record that comes back in time costs nothing, and counts anew', async () => {
    const domain = await proved()
    dns.say(domain.recordName, 'NXDOMAIN')
    await later(days(1))
    for (let day = 0; day < 2; day += 1) await later(days(1))
    dns.say(domain.recordName, { txt: [domain.recordValue] })
    await later(hours(6))
    dns.say(domain.recordName, 'NXDOMAIN')
    for (let day = 0; day < 3; day += 1) await later(days(1))
    expect((await read(domain)).verifiedAt).toBe(domain.verifiedAt)
  })
})

test('a domain that is removed counts no more, and is written of', async () => {
  const domain = await proved()
  await remove(domain)
  expect(await events(domain)).toEqual(['domain.added', 'domain.verified', 'domain.removed'])
  expect(await owner.codeOf('query($id: ID!) { node(id: $id) { id } }', { id: domain.id })).toBe('NOT_FOUND')
})

test('checks on demand are limited', async () => {
  const limited = await startTestApp({
    clock,
    database,
    environment: { DNS_SERVERS: dns.address, RATE_LIMITS: 'on' },
  })
  const client = new GraphqlClient(limited.origin).withCookies(owner.cookieHeader)
  const input = { domainId: (await add()).id }
  const codes = new Set<string>()
  for (let time = 0; time < 61; time += 1) codes.add(await client.codeOf(verifyMutation, { input }))
  expect([...codes]).toEqual(['OK', 'RATE_LIMITED'])
  await limited.close()
})
