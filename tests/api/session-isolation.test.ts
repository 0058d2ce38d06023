import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessions } from '../../server/src/db/schema/sessions.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { makeRecoveryCodes, recover } from '../testkit/enforcement.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { changeRole, createWorld, joinBySso, ownerPassword, signIn, type World } from '../testkit/scenario.ts'

const minutes = (n: number): number => n * 60_000

let app: TestApp
let clock: TestClock
let world: World
beforeAll(async () => {
  clock = createTestClock()
  app = await startTestApp({ clock })
  world = await createWorld(app)
})
afterAll(() => app.close())

const owner = { subject: 'olive', email: 'owner@acme.example' }

async function byPassword(): Promise<GraphqlClient> {
  const client = app.nobody()
  await client.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
    input: { email: owner.email, password: ownerPassword },
  })
  return client
}
const isOpen = async (client: GraphqlClient): Promise<boolean> =>
  (await client.codeOf('{ viewer { user { id } } }')) !== 'UNAUTHENTICATED'

type Session = { id: string; current: boolean; organizationName: string | null; browser: string; method: string }
const sessionsOf = async (client: GraphqlClient): Promise<Session[]> =>
  (
    await client.run<{ viewer: { sessions: Session[] } }>(
      '{ viewer { sessions { id current organizationName browser method } } }',
    )
  ).viewer.sessions

async function setPolicy(
  by: GraphqlClient,
  organizationId: string,
  idleMinutes: number | null,
  lifetimeMinutes: number | null,
) {
  const { setSessionPolicy } = await by.run<{ setSessionPolicy: { endedSessions: number } }>(
    'mutation($input: SetSessionPolicyInput!) { setSessionPolicy(input: $input) { endedSessions } }',
    { input: { organizationId, idleMinutes, lifetimeMinutes } },
  )
  return setSessionPolicy.endedSessions
}

/** The owner of Acme comes in through Globex, which connects their account the first time. */
async function ownerThroughGlobex(): Promise<GraphqlClient> {
  const { step, client } = await signIn(app, world.otherIdp, world.otherConnection, owner)
  const token = 'location' in step ? new URL(step.location, app.origin).searchParams.get('token') : null
  if (token !== null) {
    await client.run('mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { user { id } } }', {
      input: { token, password: ownerPassword },
    })
  }
  return client
}
const globexOwner = async (): Promise<GraphqlClient> =>
  (await signIn(app, world.otherIdp, world.otherConnection, world.outsiderMember)).client
const membershipIn = async (by: GraphqlClient, slug: string, email: string): Promise<string> => {
  const { organization } = await by.run<{ organization: { memberships: { nodes: { id: string }[] } } }>(
    'query($slug: String!, $email: String!) { organization(slug: $slug) { memberships(first: 1, query: $email) { nodes { id } } } }',
    { slug, email },
  )
  return organization.memberships.nodes[0]?.id ?? ''
}
const lastEvent = async (by: GraphqlClient, slug: string) => {
  const { organization } = await by.run<{
    organization: { auditEvents: { nodes: { type: string; summary: string }[] } }
  }>('query($slug: String!) { organization(slug: $slug) { auditEvents(first: 1) { nodes { type summary } } } }', {
    slug,
  })
  return organization.auditEvents.nodes[0]
}
const endMember = async (by: GraphqlClient, membershipId: string): Promise<number> =>
  (
    await by.run<{ endMemberSessions: { endedSessions: number } }>(
      'mutation($input: EndMemberSessionsInput!) { endMemberSessions(input: $input) { endedSessions } }',
      { input: { membershipId } },
    )
  ).endMemberSessions.endedSessions

describe('a policy', () => {
  test('is foreseen by its owners alone, and nothing is changed by it', async () => {
    const [client, by] = [(await signIn(app, world.idp, world.connection, world.member)).client, await byPassword()]
    clock.advance(minutes(20))
    expect(await isOpen(client)).toBe(true)
    const ask =
      'query($slug: String!) { organization(slug: $slug) { foreseeSessionPolicy(idleMinutes: 5, lifetimeMinutes: 15) { endingSessions endsOwn } } }'
    const forOwner = await by.run<{
      organization: { foreseeSessionPolicy: { endingSessions: number; endsOwn: boolean } }
    }>(ask, { slug: 'acme' })
    const { endingSessions, endsOwn } = forOwner.organization.foreseeSessionPolicy
    expect(endsOwn).toBe(true)
    expect(await client.codeOf(ask, { slug: 'acme' })).toBe('FORBIDDEN')
    expect(
      await by.refusedFields(
        '{ organization(slug: "acme") { foreseeSessionPolicy(idleMinutes: 4, lifetimeMinutes: 14) { endsOwn } } }',
      ),
    ).toEqual(['idleMinutes OUT_OF_RANGE', 'lifetimeMinutes OUT_OF_RANGE'])
    for (const each of [client, by]) expect(await isOpen(each)).toBe(true)

    const foreign = await globexOwner()
    clock.advance(minutes(1))
    expect(await setPolicy(by, world.organization.id, 5, 15)).toBe(endingSessions)
    for (const each of [client, by]) expect(await isOpen(each)).toBe(false)
    expect(await isOpen(foreign)).toBe(true)
    const again = await byPassword()
    await setPolicy(again, world.organization.id, null, null)
    expect(await lastEvent(again, 'acme')).toEqual({
      type: 'organization.sessionPolicyChanged',
      summary: 'Let sessions last the usual time without use and the usual time in all.',
    })
  })

  test('waits for a sign-in that is under way, whose session it then cuts', async () => {
    const by = await byPassword()
    const client = app.nobody()
    let policy: Promise<number> | undefined
    let signedIn: Promise<unknown> | undefined
    await app.db.transaction(async (tx) => {
      // The sign-in has asked how long its session may last, and waits before it makes one.
      await tx.execute('lock table sessions in share mode')
      const waiting = async () => {
        const [row] = await tx.execute<{ n: number }>('select count(*)::int as n from pg_locks where not granted')
        return row?.n
      }
      signedIn = client.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
        input: { email: owner.email, password: ownerPassword },
      })
      await expect.poll(waiting).toBe(1)
      policy = setPolicy(by, world.organization.id, 5, 15)
      await expect.poll(waiting).toBe(2)
    })
    await Promise.all([signedIn, policy])
    clock.advance(minutes(4))
    expect(await isOpen(client)).toBe(true)
    clock.advance(minutes(5))
    expect(await isOpen(client)).toBe(false)
    await setPolicy(await byPassword(), world.organization.id, null, null)
  })
})

describe('somebody in two organizations', () => {
  test('is held to the stricter one by password, from the moment they join', async () => {
    await setPolicy(await globexOwner(), world.otherOrganization.id, 10, 30)
    const password = await byPassword()
    clock.advance(minutes(20))
    expect(await isOpen(password)).toBe(true)
    expect(await isOpen(await ownerThroughGlobex())).toBe(true)
    clock.advance(minutes(9))
    expect(await isOpen(password)).toBe(true)
    clock.advance(minutes(2))
    expect(await isOpen(password)).toBe(false)

    const later = await byPassword()
    clock.advance(minutes(11))
    expect(await isOpen(later)).toBe(false)
  })

  test('is held to the organization of the connection by single sign-on, and to no other', async () => {
    const acme = (await signIn(app, world.idp, world.connection, world.member)).client
    const globex = await ownerThroughGlobex()
    clock.advance(minutes(31))
    expect(await isOpen(acme)).toBe(true)
    expect(await isOpen(globex)).toBe(false)
  })

  test('is not held to one that suspended them, until it lets them in again', async () => {
    const by = await globexOwner()
    const membershipId = await membershipIn(by, 'globex', owner.email)
    const suspend = (suspended: boolean) =>
      globexOwner().then((client) =>
        client.run(
          'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
          {
            input: { membershipId, suspended },
          },
        ),
      )
    await suspend(true)
    const password = await byPassword()
    clock.advance(minutes(60))
    expect(await isOpen(password)).toBe(true)
    await suspend(false)
    expect(await isOpen(password)).toBe(false)
  })

  test('is signed out of one of them by its owners, and stays in the other', async () => {
    const [globex, password] = [await ownerThroughGlobex(), await byPassword()]
    const by = await globexOwner()
    expect(await endMember(by, await membershipIn(by, 'globex', owner.email))).toBe(1)
    expect(await isOpen(globex)).toBe(false)
    expect(await isOpen(password)).toBe(true)
    expect(await lastEvent(by, 'globex')).toEqual({
      type: 'membership.sessionsEnded',
      summary: 'Ended 1 session of owner@acme.example.',
    })
  })

  test('loses what a recovery code opened with the rest, and that session knows of no other', async () => {
    const password = await byPassword()
    const [code = ''] = await makeRecoveryCodes(password, world.organization.id)
    const recovered = await recover(app, code)
    expect((await sessionsOf(password)).find(({ method }) => method === 'RECOVERY_CODE')).toMatchObject({
      organizationName: 'Acme',
      current: false,
    })
    expect(await recovered.codeOf('{ viewer { sessions { id } } }')).toBe('FORBIDDEN')
    const foresee = '{ organization(slug: "acme") { foreseeSessionPolicy(idleMinutes: 60) { endsOwn } } }'
    expect(await recovered.codeOf(foresee)).toBe('FORBIDDEN')
    const second = await joinBySso(app, world.idp, world.connection, { subject: 'one', email: 'one@acme.example' })
    await changeRole(password, second.membershipId, 'owner')
    await endMember(second.client, await membershipIn(second.client, 'acme', owner.email))
    expect(await isOpen(recovered)).toBe(false)
    expect(await isOpen(password)).toBe(true)
    await changeRole(password, second.membershipId, 'member')
  })

  test('sees all of it by password, and through single sign-on what is that organization’s', async () => {
    const password = await byPassword()
    const endOthers = 'mutation { endOtherSessions { endedSessionIds } }'
    await password.run(endOthers)
    const globex = await ownerThroughGlobex()
    expect((await sessionsOf(password)).map(({ organizationName }) => organizationName)).toEqual(['Globex', null])
    expect(await sessionsOf(globex)).toMatchObject([{ current: true, organizationName: 'Globex' }])
    expect(await globex.run(endOthers)).toEqual({ endOtherSessions: { endedSessionIds: [] } })
    expect(await isOpen(password)).toBe(true)
    const [other] = await sessionsOf(password)
    expect(await password.run(endOthers)).toEqual({ endOtherSessions: { endedSessionIds: [other?.id] } })
    expect(await isOpen(globex)).toBe(false)
    // A session through single sign-on that ended is a fact of its organization alone.
    const summary = 'Ended 1 other session of their own.'
    expect(await lastEvent(await globexOwner(), 'globex')).toMatchObject({ type: 'signIn.succeeded' })
    const events = await app.db.execute<{ organization_id: string }>(
      `select organization_id from audit_events where summary = '${summary}' order by id desc limit 1`,
    )
    expect(events.map((event) => event.organization_id)).toEqual([world.otherOrganization.id])
  })
})

describe('somebody in one organization', () => {
  test('is signed out of everything by its owners, the password too', async () => {
    const leave =
      'mutation($input: LeaveOrganizationInput!) { leaveOrganization(input: $input) { leftOrganizationId } }'
    await (await byPassword()).run(leave, { input: { organizationId: world.otherOrganization.id } })
    const second = await joinBySso(app, world.idp, world.connection, { subject: 'two', email: 'two@acme.example' })
    const password = await byPassword()
    await changeRole(password, second.membershipId, 'owner')
    expect(await endMember(second.client, await membershipIn(second.client, 'acme', owner.email))).toBeGreaterThan(0)
    expect(await isOpen(password)).toBe(false)
    expect(await isOpen(second.client)).toBe(true)
  })
})

describe('a list of one’s own sessions', () => {
  test('says of each in plain words what the browser called itself', async () => {
    const client = await byPassword()
    const [own] = await sessionsOf(client)
    const of = async (userAgent: string | null) => {
      await app.db.update(sessions).set({ userAgent })
      return (await sessionsOf(client)).find(({ id }) => id === own?.id)?.browser
    }
    expect(await of('Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0')).toBe('Firefox on Linux')
    expect(await of(null)).toBe('Unknown browser')
  })

  test('has a hundred of them, and to end all others ends them all', async () => {
    const client = await byPassword()
    const [own] = await sessionsOf(client)
    const [row] = (await app.db.select().from(sessions)).filter(({ id }) => id === own?.id)
    if (row === undefined) throw new Error('no session')
    const many = Array.from({ length: 120 }, (_, n) => ({ ...row, id: `ses_${String(n)}`, tokenHash: `hash ${n}` }))
    await app.db.insert(sessions).values(many)
    expect(await sessionsOf(client)).toHaveLength(100)
    const { endOtherSessions } = await client.run<{ endOtherSessions: { endedSessionIds: string[] } }>(
      'mutation { endOtherSessions { endedSessionIds } }',
    )
    expect(endOtherSessions.endedSessionIds.length).toBeGreaterThanOrEqual(120)
    expect(await sessionsOf(client)).toMatchObject([{ id: own?.id, current: true }])
  })
})
