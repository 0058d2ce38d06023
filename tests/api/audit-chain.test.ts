import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashOf } from '../../server/src/audit/audit-chain.ts'
import { bySystem, recordAuditEvent } from '../../server/src/audit/record-audit-event.ts'
import { type AuditLogReport, verifyAuditLogs } from '../../server/src/audit/verify-audit-log.ts'
import type { Tx } from '../../server/src/db/client.ts'
import { auditChains } from '../../server/src/db/schema/audit-chains.ts'
import { auditEvents } from '../../server/src/db/schema/audit-events.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock } from '../testkit/clock.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../testkit/database.ts'
import { completeSetup, createWorld, joinBySso, ownerPassword, signIn, type World } from '../testkit/scenario.ts'
import { buildServer } from '../testkit/server-process.ts'

let database: TestDatabase
let app: TestApp
let world: World

beforeAll(async () => {
  await buildServer()
  database = await createTestDatabase()
  app = await startTestApp({ database })
  world = await createWorld(app)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

async function verify(expected: Record<string, string[]> = {}): Promise<AuditLogReport[]> {
  const reports: AuditLogReport[] = []
  await verifyAuditLogs(app.db, new Map(Object.entries(expected)), (report) => reports.push(report))
  return reports
}
const brokenOf = async (expected?: Record<string, string[]>): Promise<(string | null)[]> =>
  (await verify(expected)).map(({ broken }) => broken)

const eventsOf = async (slug: string) =>
  (
    await app.db.execute<{ id: string; sequence: number; hash: string; previous_hash: string | null }>(
      `select e.id, e.sequence::int, e.hash, e.previous_hash from audit_events e
       join organizations o on o.id = e.organization_id where o.slug = '${slug}' order by e.sequence`,
    )
  ).map((row) => ({ ...row }))

/** The command, as an operator runs it. */
async function command(args: string[] = [], url = database.url): Promise<{ code: number; output: string }> {
  const { PATH = '' } = process.env
  const options = { cwd: fileURLToPath(new URL('../..', import.meta.url)), env: { PATH, DATABASE_URL: url } }
  const run = promisify(execFile)(process.execPath, ['scripts/gatehouse.mjs', 'verify-audit-log', ...args], options)
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, output: stdout + stderr }),
  )
}

describe('the chain of audit events', () => {
  test('numbers an organization’s events from 1 in the order of their ids, each with the hash of the one before', async () => {
    for (const slug of ['acme', 'globex']) {
      const events = await eventsOf(slug)
      expect(events.length).toBeGreaterThan(5)
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, place) => place + 1))
      expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toSorted())
      expect(events.map(({ previous_hash }) => previous_hash)).toEqual([
        null,
        ...events.slice(0, -1).map(({ hash }) => hash),
      ])
    }
  })

  test('is SHA-256 over the facts as anybody can write them down', async () => {
    const [event] = await app.db.select().from(auditEvents).limit(1)
    if (event === undefined) throw new Error('no event')
    const { hash, ...facts } = event
    // The details of the events so far have no members of members.
    const sorted = (value: object) => Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    const text = JSON.stringify(sorted({ ...facts, details: sorted(facts.details) }))
    expect(createHash('sha256').update(text).digest('hex')).toBe(hash)
  })

  test('stays unbroken when fifty write at once to two organizations, and nobody waits for ever', async () => {
    const others = [world.organization.id, world.otherOrganization.id]
    const write = (n: number) =>
      app.db.transaction(async (tx) => {
        const requestId = `req_${n}`
        const context = { actor: { kind: 'anonymous' as const }, clock: app.clock, requestId, ipAddress: null }
        const to = n % 5 === 0 ? [others[0]] : n % 2 === 0 ? others : others.toReversed()
        for (const id of to) {
          await recordAuditEvent(
            context,
            tx,
            id ?? '',
            { type: 'recoveryCodes.created', details: { count: n } },
            bySystem,
          )
        }
      })
    const before = await eventsOf('globex')
    await Promise.all(Array.from({ length: 50 }, (_, n) => write(n)))
    expect(await brokenOf()).toEqual([null, null])
    const after = await eventsOf('globex')
    expect(after).toHaveLength(before.length + 40)
    expect(after.map(({ id }) => id)).toEqual(after.map(({ id }) => id).toSorted())
  })

  test('stays unbroken when people sign in while roles change', async () => {
    const people = Array.from({ length: 8 }, (_, n) => ({ subject: `c${n}`, email: `c${n}@acme.example` }))
    const joined = await Promise.all(people.map((person) => joinBySso(app, world.idp, world.connection, person)))
    const outcomes = await Promise.all(
      joined.flatMap((person) => [
        signIn(app, world.idp, world.connection, person).then(({ step }) => 'location' in step),
        world.owner
          .send('mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id } } }', {
            input: { membershipId: person.membershipId, role: 'admin' },
          })
          .then(({ errors }) => errors.length === 0),
        app
          .nobody()
          .send('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
            input: { email: 'owner@acme.example', password: ownerPassword },
          })
          .then(({ errors }) => errors.length === 0),
      ]),
    )
    expect(outcomes).toEqual(outcomes.map(() => true))
    expect(await brokenOf()).toEqual([null, null])
  })

  test('goes on after an event of a replica whose clock is ahead, also in the order of ids', async () => {
    const ahead = createTestClock()
    ahead.advance(60_000)
    const other = await startTestApp({ database, clock: ahead })
    const wrong = { input: { email: 'owner@acme.example', password: 'wrong' } }
    const mutation = 'mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }'
    for (const each of [other, app, other, app]) await each.nobody().send(mutation, wrong)
    await other.close()
    const events = await eventsOf('acme')
    expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toSorted())
    expect(await brokenOf()).toEqual([null, null])
  })

  test('has no place for what was rolled back', async () => {
    const before = await app.db.select().from(auditChains)
    const undone = app.db.transaction(async (tx) => {
      const context = { actor: { kind: 'anonymous' as const }, clock: app.clock, requestId: 'req_1', ipAddress: null }
      await recordAuditEvent(context, tx, world.organization.id, { type: 'ssoEnforcement.disabled', details: {} })
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    expect(await app.db.select().from(auditChains)).toEqual(before)
  })

  test('takes one event more for one statement more, and no more', async () => {
    const statementsOf = async (count: number): Promise<number> => {
      let statements = 0
      await app.db.transaction(async (tx) => {
        const { session } = tx as unknown as { session: { client: { unsafe: (...args: unknown[]) => unknown } } }
        const { client } = session
        const send = client.unsafe
        client.unsafe = (...args) => {
          statements += 1
          return send.apply(client, args)
        }
        const context = { actor: { kind: 'anonymous' as const }, clock: app.clock, requestId: 'req_1', ipAddress: null }
        for (let n = 0; n < count; n++) {
          await recordAuditEvent(context, tx, world.organization.id, { type: 'ssoEnforcement.disabled', details: {} })
        }
      })
      return statements
    }
    expect(await statementsOf(1)).toBe(2)
    expect(await statementsOf(5)).toBe(2)
  })
})

describe('a log that somebody changed in the database is found out', () => {
  let events: Awaited<ReturnType<typeof eventsOf>>
  beforeEach(async () => {
    await app.nobody().send('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
      input: { email: 'owner@acme.example', password: 'wrong' },
    })
    events = await eventsOf('acme')
  })

  /** What is said of acme's log after `statements`; then they are undone. */
  async function after(...statements: string[]): Promise<string | null> {
    let said: string | null = null
    const undone = new Error('undone')
    const work = async (tx: Tx) => {
      for (const statement of statements) await tx.execute(statement)
      // The same transaction: it alone sees what was done.
      const inside = { transaction: (verifying: (inner: Tx) => Promise<void>) => verifying(tx) } as typeof app.db
      await verifyAuditLogs(inside, new Map(), ({ slug, broken }) => {
        if (slug === 'acme') said = broken
      })
      throw undone
    }
    await app.db.transaction(work).catch((error: unknown) => {
      if (error !== undone) throw error
    })
    return said
  }
  const acme = () => `organization_id = '${world.organization.id}'`
  const copyOf = (sequence: number, to: number) =>
    `insert into audit_events (id, organization_id, at, type, actor, actor_id, summary, details, request_id, ip_address,
       sequence, previous_hash, hash)
     select id || '0', organization_id, at, type, actor, actor_id, summary, details, request_id, ip_address,
       ${to}, previous_hash, hash from audit_events where sequence = ${sequence} and ${acme()}`

  test('a changed event, whatever was changed of it', async () => {
    const changes = [
      `summary = 'Nothing.'`,
      `details = details || '{"role": "member"}'`,
      `at = at - interval '1 millisecond'`,
      `type = 'x.y'`,
      `actor = 'somebody'`,
      `actor_id = null`,
      `request_id = 'req_0'`,
      `ip_address = '192.0.2.1'`,
      `id = id || '0'`,
      `hash = repeat('0', 64)`,
      `previous_hash = repeat('0', 64)`,
    ]
    for (const change of changes) {
      const said = await after(`update audit_events set ${change} where sequence = 3 and ${acme()}`)
      expect({ change, said }).toEqual({ change, said: expect.stringMatching(/^Event 3 \(aud_\w+\) was changed/) })
    }
  })

  test('a changed event whose hash was made anew: the next one does not follow', async () => {
    const third = (await app.db.select().from(auditEvents)).find(({ id }) => id === events[2]?.id)
    if (third === undefined) throw new Error('no third event')
    const hash = hashOf({ ...third, summary: 'Nothing.' })
    expect(await after(`update audit_events set summary = 'Nothing.', hash = '${hash}' where id = '${third.id}'`)).toBe(
      `Event 4 (${events[3]?.id}) does not follow the one before it (${third.id}): one of the two was changed, put in or exchanged.`,
    )
  })

  test('a removed event', async () => {
    expect(await after(`delete from audit_events where sequence = 3 and ${acme()}`)).toBe(
      `Event 3 is missing: after 2 comes 4 (${events[3]?.id}).`,
    )
    expect(await after(`delete from audit_events where sequence = 1 and ${acme()}`)).toMatch(/^Event 1 is missing/)
  })

  test('removed events with the numbers of the later ones made right', async () => {
    expect(
      await after(
        `alter table audit_events drop constraint audit_events_organization_sequence_unique`,
        `delete from audit_events where sequence = 3 and ${acme()}`,
        `update audit_events set sequence = sequence - 1 where sequence > 3 and ${acme()}`,
      ),
    ).toMatch(/^Event 3 \(aud_\w+\) was changed/)
  })

  test('events removed at the end', async () => {
    const last = events.length
    expect(await after(`delete from audit_events where sequence = ${last} and ${acme()}`)).toBe(
      `Event ${last} is missing at the end.`,
    )
    expect(await after(`delete from audit_events where sequence > ${last - 3} and ${acme()}`)).toBe(
      `Events ${last - 2} to ${last} are missing at the end.`,
    )
    expect(await after(`delete from audit_events where ${acme()}`)).toBe(`Events 1 to ${last} are missing at the end.`)
  })

  test('an inserted event, in the middle or at the end', async () => {
    const last = events.length
    expect(
      await after(
        `alter table audit_events drop constraint audit_events_organization_sequence_unique`,
        `update audit_events set sequence = sequence + 1 where sequence > 3 and ${acme()}`,
        copyOf(3, 4),
      ),
    ).toMatch(/^Event 4 \(aud_\w+\) was changed/)
    expect(await after(copyOf(3, last + 1))).toMatch(new RegExp(`^Event ${last + 1} \\(aud_\\w+\\) was changed`))
    expect(await after(copyOf(3, 0))).toMatch(/^Event 1 is missing: after 0 comes 0/)
  })

  test('exchanged events', async () => {
    expect(
      await after(
        `alter table audit_events drop constraint audit_events_organization_sequence_unique`,
        `update audit_events set sequence = 9 - sequence where sequence in (4, 5) and ${acme()}`,
      ),
    ).toMatch(/^Event 4 \(aud_\w+\) was changed/)
  })

  test('an end that was moved or taken away', async () => {
    const last = events.length
    expect(await after(`update audit_chains set last_hash = repeat('0', 64) where ${acme()}`)).toBe(
      `Event ${last} (${events.at(-1)?.id}) is not the one that the chain ends with.`,
    )
    expect(await after(`update audit_chains set last_sequence = last_sequence - 1 where ${acme()}`)).toMatch(
      /was put in at the end/,
    )
    expect(await after(`delete from audit_chains where ${acme()}`)).toBe(
      'Event 1 was put in at the end: the chain ends with 0.',
    )
  })

  test('a log cut short with its end made right, against a hash that was kept elsewhere alone', async () => {
    const last = events.length
    const cut = [
      `delete from audit_events where sequence = ${last} and ${acme()}`,
      `update audit_chains c set last_sequence = e.sequence, last_hash = e.hash, last_id = e.id from audit_events e
         where e.organization_id = c.organization_id and e.sequence = ${last - 1} and c.${acme()}`,
    ]
    expect(await after(...cut)).toBeNull()
    expect(await brokenOf({ acme: [events.at(-1)?.hash ?? '', events[2]?.hash ?? ''] })).toEqual([null, null])
    const foreign = (await eventsOf('globex'))[1]?.hash ?? ''
    expect(await brokenOf({ [world.organization.id]: [foreign] })).toEqual([
      `No event has the hash ${foreign}, which was expected: the log is another one.`,
      null,
    ])
  })
})

describe('npm run verify-audit-log', () => {
  test('prints each organization with its events and its head, and takes them back', async () => {
    const [acme, globex] = [await eventsOf('acme'), await eventsOf('globex')]
    const lines = [
      `acme (${world.organization.id}): ${acme.length} events, unbroken, head ${acme.at(-1)?.hash}`,
      `globex (${world.otherOrganization.id}): ${globex.length} events, unbroken, head ${globex.at(-1)?.hash}`,
    ]
    expect(await command()).toEqual({ code: 0, output: `${lines.join('\n')}\n` })
    const expected = await command(['--expect', `acme=${acme.at(-1)?.hash}`, '--expect', `acme=${acme[0]?.hash}`])
    expect(expected.code).toBe(0)
    expect(await command(['--expect', `globex=${acme[0]?.hash}`])).toMatchObject({
      code: 1,
      output: expect.stringContaining(
        `globex (${world.otherOrganization.id}): BROKEN after ${globex.length} events. No event has the hash ${acme[0]?.hash}`,
      ),
    })
  })

  test('ends with 1 and the first event that is not as it was recorded', async () => {
    const own = await createTestDatabase()
    const small = await startTestApp({ database: own })
    await completeSetup(small)
    await small.db.execute(`update audit_events set summary = 'Nothing.' where sequence = 2`)
    const { code, output } = await command([], own.url)
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(
        /^acme \(org_\w+\): BROKEN after 1 event\. Event 2 \(aud_\w+\) was changed: its facts do not lead to its hash\.\n$/,
      ),
    })
    await small.close()
    await own.drop()
  })

  test('ends with 2 when it could not look', async () => {
    const empty = await createEmptyDatabase()
    expect(await command([], empty.url)).toMatchObject({
      code: 2,
      output: expect.stringContaining('Start this version of Gatehouse once'),
    })
    await empty.drop()
    expect((await command(['--expect', 'acme'])).code).toBe(2)
    expect(await command(['--expect', `initech=${'0'.repeat(64)}`])).toMatchObject({
      code: 2,
      output: expect.stringContaining('There is no organization initech'),
    })
  })
})
