import { expect } from 'vitest'
import { createSigningKey } from '../../testkit/certificates.ts'
import { answerTo, connect, follow, post, signIn, startSignIn } from '../../testkit/scenario.ts'
import { makesNothing, reasonOf, type Stage, type Story, somebody } from './story.ts'

/** A sign-in that was started, and the genuine answer to it. */
async function begin({ app, world }: Stage, person = somebody()) {
  const started = await startSignIn(app, world.connection)
  const response = world.idp.response(answerTo(app, started, person))
  return { started, person, response }
}

/** What a response says about requests, assertions and connections is held against what we remember. */
export const storiesOfState: Story[] = [
  {
    row: 'S3',
    what: 'a connection that trusts no certificate yet trusts nobody',
    play: async (stage) => {
      const { app, world } = stage
      const connection = await connect(world.owner, world.organization.id, world.idp, {
        name: 'Bare',
        idpCertificates: [],
      })
      const { started } = await begin(stage)
      const mallory = await createSigningKey({ name: 'mallory' })
      const answer = answerTo(app, { ...started, connection }, somebody(), { signing: { signer: mallory } })
      await makesNothing(stage, async () => {
        expect(reasonOf(await post(started.browser, connection, world.idp.response(answer)))).toBe(
          'CONNECTION_INCOMPLETE',
        )
      })
    },
  },
  {
    row: 'S15',
    what: 'a stolen key opens no other connection, whatever the response says',
    play: async (stage) => {
      const { app, world } = stage
      const started = await startSignIn(app, world.otherConnection)
      const lies = { issuer: world.otherIdp.entityId, responseIssuer: world.otherIdp.entityId }
      const answer = answerTo(app, started, { subject: 'otto', email: 'otto@globex.example' }, lies)
      await makesNothing(stage, async () => {
        const step = await post(started.browser, world.otherConnection, world.idp.response(answer))
        expect(reasonOf(step)).toBe('SIGNATURE_INVALID')
      })
    },
  },
  {
    row: 'M4',
    what: 'a request that we never sent is not answered',
    play: async (stage) => {
      await makesNothing(stage, async () => {
        const { app, world } = stage
        const { step } = await signIn(app, world.idp, world.connection, somebody(), {
          lies: { inResponseTo: '_never' },
        })
        expect(reasonOf(step)).toBe('REQUEST_UNKNOWN')
      })
    },
  },
  {
    row: 'M4',
    what: 'a request whose ID has 40 000 characters is not looked for in vain',
    play: async (stage) => {
      const { app, world } = stage
      await makesNothing(stage, async () => {
        const lies = { inResponseTo: `_${'a'.repeat(40_000)}` }
        const { step } = await signIn(app, world.idp, world.connection, somebody(), { lies })
        expect(reasonOf(step)).toBe('REQUEST_UNKNOWN')
      })
    },
  },
  {
    row: 'M4',
    what: 'a request of one connection is not answered at another',
    play: async (stage) => {
      const { app, world } = stage
      const { started } = await begin(stage)
      const answer = answerTo(app, { ...started, connection: world.otherConnection }, somebody())
      await makesNothing(stage, async () => {
        const step = await post(started.browser, world.otherConnection, world.otherIdp.response(answer))
        expect(reasonOf(step)).toBe('REQUEST_UNKNOWN')
      })
    },
  },
  {
    row: 'M12',
    what: 'the same response does not count twice',
    play: async (stage) => {
      const { started, response } = await begin(stage)
      const first = await post(started.browser, stage.world.connection, response)
      expect('location' in first && (await follow(started.browser, first.location))).toEqual({ location: '/' })
      await makesNothing(stage, async () => {
        expect(reasonOf(await post(started.browser, stage.world.connection, response))).toBe('REQUEST_USED')
      })
    },
  },
  {
    row: 'M12',
    what: 'two posts of one response at the same moment make one session',
    play: async (stage) => {
      const { started, response } = await begin(stage)
      const posts = await Promise.all([1, 2].map(() => post(started.browser, stage.world.connection, response)))
      const ends = await Promise.all(
        posts.map((step) => ('location' in step ? follow(started.browser, step.location) : Promise.resolve(step))),
      )
      expect(ends.filter((step) => 'location' in step)).toHaveLength(1)
    },
  },
  {
    row: 'M12',
    what: 'the same assertion does not count in the answer to another request',
    play: async (stage) => {
      const { app, world } = stage
      const person = somebody()
      const lies = { assertionId: `_once-${person.subject}` }
      expect((await signIn(app, world.idp, world.connection, person, { lies })).step).toEqual({ location: '/' })
      await makesNothing(stage, async () => {
        expect(reasonOf((await signIn(app, world.idp, world.connection, person, { lies })).step)).toBe(
          'ASSERTION_REPLAYED',
        )
      })
    },
  },
  {
    row: 'M13',
    what: 'the response for one connection is not taken at another of the same identity provider',
    play: async (stage) => {
      const { world } = stage
      const second = await connect(world.owner, world.organization.id, world.idp, { name: 'Second' })
      const { started, response } = await begin(stage)
      await makesNothing(stage, async () => {
        expect(reasonOf(await post(started.browser, second, response))).toBe('DESTINATION_MISMATCH')
      })
    },
  },
  {
    row: 'M13',
    what: 'the identity provider of another organization signs nobody in here',
    play: async (stage) => {
      const { app, world } = stage
      const { started } = await begin(stage)
      const answer = answerTo(app, started, { subject: 'adam', email: 'adam@acme.example' })
      await makesNothing(stage, async () => {
        const step = await post(started.browser, world.connection, world.otherIdp.response(answer))
        expect(reasonOf(step)).toBe('SIGNATURE_INVALID')
      })
    },
  },
  {
    row: 'M22',
    what: 'nobody asked for the response',
    play: async (stage) => {
      await makesNothing(stage, async () => {
        const { app, world } = stage
        const { step } = await signIn(app, world.idp, world.connection, somebody(), { lies: { inResponseTo: null } })
        expect(reasonOf(step)).toBe('IDP_INITIATED_NOT_ALLOWED')
      })
    },
  },
]
