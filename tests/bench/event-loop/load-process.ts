import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../../server/src/core/clock.ts'
import type { TestApp } from '../../testkit/app.ts'
import { GraphqlClient } from '../../testkit/graphql-client.ts'
import { IdentityProvider, type Person } from '../../testkit/identity-provider.ts'
import { completeSetup, connect, type SamlConnection, signIn } from '../../testkit/scenario.ts'
import { answerMessages, type Load, type LoadDone, type Started } from '../messages.ts'

const people = Array.from({ length: 50 }, (_, number): Person => {
  const name = `person-${number}`
  return { subject: name, email: `${name}@acme.example`, name }
})
/** No more sign-ins than these are under way at once; those that would be come too late and are left out. */
const mostAtOnce = 60

type World = { app: TestApp; idp: IdentityProvider; connection: SamlConnection }
let world: World | null = null

/** An organization with a connection, and members who have signed in before. */
async function setUp({ origin, setupToken }: Started): Promise<LoadDone> {
  const parts = { origin, setupToken, clock: systemClock, nobody: () => new GraphqlClient(origin) }
  const app = parts as Partial<TestApp> as TestApp
  const { organization, owner } = await completeSetup(app)
  const idp = await IdentityProvider.create()
  world = { app, idp, connection: await connect(owner, organization.id, idp) }
  let failed = 0
  for (const person of people) if (!(await signsIn(world, person))) failed += 1
  return { done: people.length - failed, failed }
}

async function signsIn({ app, idp, connection }: World, person: Person): Promise<boolean> {
  const { step } = await signIn(app, idp, connection, person)
  return 'location' in step
}

/** Begins sign-ins at an even pace, whatever becomes of those before. */
async function run({ perSecond, seconds }: Load, there: World): Promise<LoadDone> {
  const under = new Set<Promise<void>>()
  const start = performance.now()
  let [begun, done, failed] = [0, 0, 0]
  for (let now = start; now < start + seconds * 1000; now = performance.now()) {
    const due = Math.floor(((now - start) / 1000) * perSecond)
    for (; begun < due; begun++) {
      const person = people[begun % people.length]
      if (under.size >= mostAtOnce || person === undefined) continue
      const one = signsIn(there, person)
        .then((ok) => void (ok ? done++ : failed++))
        .finally(() => under.delete(one))
      under.add(one)
    }
    await sleep(2)
  }
  await Promise.all(under)
  return { done, failed }
}

answerMessages(
  async (received) => {
    const message = received as Started | Load
    if ('origin' in message) return setUp(message)
    if (world === null) throw new Error('nothing was set up')
    return run(message, world)
  },
  async () => {},
)
