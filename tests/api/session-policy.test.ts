import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { createWorld, joinBySso, ownerPassword, signIn, type World } from '../testkit/scenario.ts'
import { countStored } from '../testkit/stored.ts'

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

const whoAmI = '{ viewer { user { email } } }'
const setPolicy =
  'mutation($input: SetSessionPolicyInput!) { setSessionPolicy(input: $input) { organization { sessionPolicy { idleMinutes lifetimeMinutes } } } }'
type Session = { id: string; current: boolean; method: string; connectionName: string | null }
const listSessions = '{ viewer { sessions { id current method connectionName userAgent ipAddress } } }'
const sessionsOf = async (client: GraphqlClient): Promise<Session[]> =>
  (await client.run<{ viewer: { sessions: Session[] } }>(listSessions)).viewer.sessions
const endSession = 'mutation($input: EndSessionInput!) { endSession(input: $input) { endedSessionId } }'
const endOthers = 'mutation { endOtherSessions { endedSessionIds } }'
const endMember =
  'mutation($input: EndMemberSessionsInput!) { endMemberSessions(input: $input) { endedSessions membership { id } } }'

async function byPassword(email = 'owner@acme.example'): Promise<GraphqlClient> {
  const client = app.nobody()
  await client.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
    input: { email, password: ownerPassword },
  })
  return client
}
const policy = (idleMinutes: number | null, lifetimeMinutes: number | null) =>
  byPassword().then((owner) =>
    owner.run(setPolicy, { input: { organizationId: world.organization.id, idleMinutes, lifetimeMinutes } }),
  )
let number = 0
const newcomer = () => {
  const name = `person-${++number}`
  return joinBySso(app, world.idp, world.connection, { subject: name, email: `${name}@acme.example` })
}
const isOpen = async (client: GraphqlClient): Promise<boolean> => (await client.codeOf(whoAmI)) !== 'UNAUTHENTICATED'

describe('how long sessions last', () => {
  test('is usually a day without use, and seven days', async () => {
    const { client } = await newcomer()
    clock.advance(minutes(24 * 60 - 1))
    expect(await isOpen(client)).toBe(true)
    clock.advance(minutes(24 * 60 + 1))
    expect(await isOpen(client)).toBe(false)
  })

  test('is what the organization says, by single sign-on and by password', async () => {
    await policy(10, 60)
    for (const comeIn of [async () => (await newcomer()).client, () => byPassword()]) {
      const client = await comeIn()
      for (let used = 0; used < 6; used++) {
        clock.advance(minutes(9))
        expect(await isOpen(client)).toBe(true)
      }
      clock.advance(minutes(7))
      expect(await isOpen(client)).toBe(false)
    }
    const idle = (await newcomer()).client
    clock.advance(minutes(10))
    expect(await isOpen(idle)).toBe(false)
    await policy(null, null)
  })

  test('becomes shorter for what is open, in that organization alone', async () => {
    const [bySso, password] = [(await newcomer()).client, await byPassword()]
    const foreign = await signIn(app, world.otherIdp, world.otherConnection, world.outsiderMember)
    clock.advance(minutes(20))
    for (const client of [bySso, password, foreign.client]) expect(await isOpen(client)).toBe(true)
    await policy(10, 15)
    expect(await isOpen(bySso)).toBe(false)
    expect(await isOpen(password)).toBe(false)
    expect(await isOpen(foreign.client)).toBe(true)
    await policy(null, null)
  })

  test('becomes longer for new sessions alone', async () => {
    await policy(10, 15)
    const { client } = await newcomer()
    await policy(null, null)
    clock.advance(minutes(14))
    expect(await isOpen(client)).toBe(false)
  })

  test('is never longer than the identity provider says', async () => {
    await policy(60, 120)
    const { client } = await signIn(
      app,
      world.idp,
      world.connection,
      { subject: 'capped', email: 'capped@acme.example' },
      { lies: { sessionNotOnOrAfter: new Date(clock.now().getTime() + minutes(30)).toISOString() } },
    )
    clock.advance(minutes(29))
    expect(await isOpen(client)).toBe(true)
    clock.advance(minutes(2))
    expect(await isOpen(client)).toBe(false)
    await policy(null, null)
  })

  test('is refused where it makes no sense, and nothing is changed', async () => {
    const owner = await byPassword()
    const refused = (idleMinutes: number | null, lifetimeMinutes: number | null) =>
      owner.refusedFields(setPolicy, { input: { organizationId: world.organization.id, idleMinutes, lifetimeMinutes } })
    expect(await refused(4, null)).toEqual(['input.idleMinutes OUT_OF_RANGE'])
    expect(await refused(null, 14)).toEqual([
      'input.lifetimeMinutes OUT_OF_RANGE',
      'input.idleMinutes LONGER_THAN_LIFETIME',
    ])
    expect(await refused(120, 60)).toEqual(['input.idleMinutes LONGER_THAN_LIFETIME'])
    expect(await refused(null, 90 * 24 * 60 + 1)).toEqual(['input.lifetimeMinutes OUT_OF_RANGE'])
    expect(
      await owner.run('query($slug: String!) { organization(slug: $slug) { sessionPolicy { idleMinutes } } }', {
        slug: world.organization.slug,
      }),
    ).toEqual({ organization: { sessionPolicy: { idleMinutes: null } } })
  })

  test('forgets what has ended', async () => {
    await newcomer()
    clock.advance(minutes(8 * 24 * 60))
    await app.runJobs()
    expect((await countStored(app.db)).sessions).toBe(0)
  })
})

describe('one’s own sessions', () => {
  test('are listed, the present one among them, with how they were made', async () => {
    const [one, other] = [await byPassword(), await byPassword()]
    const listed = await sessionsOf(one)
    expect(listed.filter(({ current }) => current)).toHaveLength(1)
    expect(listed.every(({ method }) => method === 'PASSWORD')).toBe(true)
    const mine = (await sessionsOf(other)).find(({ current }) => current)
    expect(await one.run(endSession, { input: { sessionId: mine?.id } })).toEqual({
      endSession: { endedSessionId: mine?.id },
    })
    expect(await isOpen(other)).toBe(false)
    expect(await isOpen(one)).toBe(true)
  })

  test('end all but the present one, or the present one too', async () => {
    const [one, other] = [await byPassword(), await byPassword()]
    await one.run(endOthers)
    expect(await isOpen(other)).toBe(false)
    const [present] = await sessionsOf(one)
    await one.run(endSession, { input: { sessionId: present?.id } })
    expect(await isOpen(one)).toBe(false)
  })

  test('are nobody else’s', async () => {
    const [member, stranger] = [await newcomer(), await newcomer()]
    const [theirs] = await sessionsOf(stranger.client)
    expect(await member.client.codeOf(endSession, { input: { sessionId: theirs?.id } })).toBe('NOT_FOUND')
    expect(await member.client.codeOf('query($id: ID!) { node(id: $id) { id } }', { id: theirs?.id })).toBe('NOT_FOUND')
    expect(await isOpen(stranger.client)).toBe(true)
    expect(await world.ownerToken.codeOf(listSessions)).toBe('UNAUTHENTICATED')
  })

  test('are not all known to a session through single sign-on', async () => {
    const owner = await byPassword()
    // The owner connects the identity provider with their account, and comes in through it.
    const claim = { subject: 'olive', email: 'owner@acme.example' }
    const { step, client } = await signIn(app, world.idp, world.connection, claim)
    const token = 'location' in step ? new URL(step.location, app.origin).searchParams.get('token') : null
    await client.run('mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { user { id } } }', {
      input: { token, password: ownerPassword },
    })
    const bySso = await sessionsOf(client)
    expect(bySso.map(({ method }) => method)).toEqual(['SINGLE_SIGN_ON'])
    const password = (await sessionsOf(owner)).find(({ current }) => current)
    expect(await client.codeOf(endSession, { input: { sessionId: password?.id } })).toBe('NOT_FOUND')
    await client.run(endOthers)
    expect(await isOpen(owner)).toBe(true)
    await owner.run(endSession, { input: { sessionId: bySso[0]?.id } })
    expect(await isOpen(client)).toBe(false)
  })
})

describe('a member’s sessions', () => {
  test('are ended by those who may suspend them, and the member may come back', async () => {
    const member = await newcomer()
    const again = await signIn(app, world.idp, world.connection, member)
    const owner = await byPassword()
    expect(await owner.run(endMember, { input: { membershipId: member.membershipId } })).toEqual({
      endMemberSessions: { endedSessions: 2, membership: { id: member.membershipId } },
    })
    for (const client of [member.client, again.client]) expect(await isOpen(client)).toBe(false)
    expect((await signIn(app, world.idp, world.connection, member)).step).toEqual({ location: '/' })
  })

  test('stay when they are another organization’s', async () => {
    const owner = await byPassword()
    const foreign = await signIn(app, world.otherIdp, world.otherConnection, world.outsiderMember)
    const id = world.outsiderMember.membershipId
    expect(await owner.codeOf(endMember, { input: { membershipId: id } })).toBe('NOT_FOUND')
    expect(await isOpen(foreign.client)).toBe(true)
  })

  test('are not ended by those who have less to say', async () => {
    const [member, other] = [await newcomer(), await newcomer()]
    expect(await member.client.codeOf(endMember, { input: { membershipId: other.membershipId } })).toBe('FORBIDDEN')
    const admin = await signIn(app, world.idp, world.connection, world.admin)
    const owner = await byPassword()
    const { organization } = await owner.run<{ organization: { viewerMembership: { id: string } } }>(
      'query($slug: String!) { organization(slug: $slug) { viewerMembership { id } } }',
      { slug: world.organization.slug },
    )
    const input = { membershipId: organization.viewerMembership.id }
    expect(await admin.client.codeOf(endMember, { input })).toBe('FORBIDDEN')
    expect(await isOpen(owner)).toBe(true)
  })
})
