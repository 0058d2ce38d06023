import { expect } from 'vitest'
import { BrowserSession } from '../../testkit/browser-session.ts'
import type { Answer } from '../../testkit/identity-provider.ts'
import { answerTo, follow, post, signIn, startSignIn } from '../../testkit/scenario.ts'
import { countStored } from '../../testkit/stored.ts'
import { makesNothing, postForm, reasonOf, type Stage, type Story, signedInAs, somebody } from './story.ts'

const logoutPaths = ['slo', 'logout', 'sls']

const membershipsOf = `{ viewer { memberships(first: 5) { nodes { role { key } } } } }`

async function roleAfter({ app, world }: Stage, lies: Partial<Answer>): Promise<string | undefined> {
  const { client } = await signIn(app, world.idp, world.connection, somebody(), { lies })
  const { viewer } = await client.run<{ viewer: { memberships: { nodes: { role: { key: string } }[] } } }>(
    membershipsOf,
  )
  return viewer.memberships.nodes[0]?.role.key
}

const claim = (row: Story['row'], what: string, name: string, values: string[]): Story => ({
  row,
  what,
  play: async (stage) => {
    const attributes: Answer['attributes'] = [
      ['email', somebody().email ?? ''],
      [name, ...values],
    ]
    expect(await roleAfter(stage, { attributes })).toBe('member')
  },
})

/** Whose account it is, which browser it is, and where it leads. */
export const storiesOfPeople: Story[] = [
  {
    row: 'M14',
    what: 'another organization’s identity provider claims the address of an owner here',
    play: async (stage) => {
      const { app, world } = stage
      const claims = { subject: 'claims-owner', email: 'owner@acme.example' }
      const { step, browser } = await signIn(app, world.otherIdp, world.otherConnection, claims)
      expect(step).toMatchObject({ location: expect.stringMatching(/^\/link-account\?token=/) })
      expect(await signedInAs(stage, browser)).toBe('UNAUTHENTICATED')
    },
  },
  {
    row: 'M14',
    what: 'a member’s address changes to that of an owner',
    play: async (stage) => {
      const { app, world } = stage
      const person = somebody()
      await signIn(app, world.idp, world.connection, person)
      const { browser } = await signIn(app, world.idp, world.connection, { ...person, email: 'owner@acme.example' })
      expect(await signedInAs(stage, browser)).toBe(person.email)
    },
  },
  {
    row: 'M17',
    what: 'ten first sign-ins at the same moment make one user and one membership',
    play: async (stage) => {
      const { app, world } = stage
      const person = somebody()
      const before = await countStored(app.db)
      await Promise.all(Array.from({ length: 10 }, () => signIn(app, world.idp, world.connection, person)))
      const after = await countStored(app.db)
      expect([after.users - before.users, after.memberships - before.memberships]).toEqual([1, 1])
      expect([after.ssoIdentities - before.ssoIdentities, after.sessions - before.sessions]).toEqual([1, 10])
    },
  },
  {
    row: 'M17',
    what: 'first sign-ins of two subjects with one address, at the same moment, make one user',
    play: async (stage) => {
      const { app, world } = stage
      const { email } = somebody()
      const before = await countStored(app.db)
      const people = [somebody(), somebody()].map((person) => ({ ...person, ...(email && { email }) }))
      const ends = await Promise.all(people.map((person) => signIn(app, world.idp, world.connection, person)))
      const after = await countStored(app.db)
      expect([after.users - before.users, after.sessions - before.sessions]).toEqual([1, 1])
      const locations = ends.map(({ step }) => ('location' in step ? step.location.replace(/\?.*/, '') : step.refused))
      expect(locations.toSorted()).toEqual(['/', '/link-account'])
    },
  },
  claim('M18', 'an attribute called role', 'role', ['owner']),
  claim('M18', 'Entra’s role', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role', ['owner', 'admin']),
  claim('M18', 'Entra’s groups', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups', ['owner']),
  claim('M18', 'an attribute called __proto__', '__proto__', ['owner']),
  ...['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', '/\t/evil.example'].map(
    (relayState): Story => ({
      row: 'M19',
      what: `to ${JSON.stringify(relayState)}`,
      play: async ({ app, world }) => {
        const started = await startSignIn(app, world.connection)
        const samlResponse = world.idp.response(answerTo(app, started, somebody()))
        const step = await postForm(started.browser, world.connection, [
          ['RelayState', relayState],
          ['SAMLResponse', samlResponse],
        ])
        if (!('location' in step)) throw new Error(step.refused)
        expect(step.location).toMatch(/^\/sso\/complete\?t=[\w-]+$/)
        expect(await follow(started.browser, step.location)).toEqual({ location: '/' })
      },
    }),
  ),
  {
    row: 'M20',
    what: 'the victim’s browser is led to the second half of the attacker’s sign-in',
    play: async (stage) => {
      const { app, world } = stage
      const started = await startSignIn(app, world.connection)
      const posted = await post(
        started.browser,
        world.connection,
        world.idp.response(answerTo(app, started, somebody())),
      )
      if (!('location' in posted)) throw new Error(posted.refused)
      const victim = new BrowserSession(app.origin)
      expect(reasonOf(await follow(victim, posted.location))).toBe('REQUEST_FROM_OTHER_BROWSER')
      expect(victim.cookieHeader()).toBe('')
      // And the ticket is spent: the attacker cannot use it either.
      expect(reasonOf(await follow(started.browser, posted.location))).toBe('COMPLETION_EXPIRED')
    },
  },
  {
    row: 'M20',
    what: 'the victim’s browser, with a sign-in of its own begun, is made to post the attacker’s response',
    play: async (stage) => {
      const { app, world } = stage
      const attacker = await startSignIn(app, world.connection)
      const victim = await startSignIn(app, world.connection)
      const planted = world.idp.response(answerTo(app, attacker, somebody()))
      const posted = await post(victim.browser, world.connection, planted)
      if (!('location' in posted)) throw new Error(posted.refused)
      expect(reasonOf(await follow(victim.browser, posted.location))).toBe('REQUEST_FROM_OTHER_BROWSER')
      expect(await signedInAs(stage, victim.browser)).toBe('UNAUTHENTICATED')
    },
  },
  ...logoutPaths.map(
    (path): Story => ({
      row: 'M21',
      what: `a logout request at /${path} ends no session`,
      play: async (stage) => {
        const { app, world } = stage
        const person = somebody()
        const { browser } = await signIn(app, world.idp, world.connection, person)
        const at = new URL(world.connection.redirectUrl).pathname.replace(/acs$/, path)
        await makesNothing(stage, async () => {
          expect((await browser.postFromOtherSite(at, [['SAMLRequest', 'PHg+']])).status).toBeGreaterThanOrEqual(400)
          await browser.get(`${at}?SAMLRequest=PHg%2B`)
        })
        expect(await signedInAs(stage, browser)).toBe(person.email)
      },
    }),
  ),
]
