import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ssoCompletions } from '../../../server/src/db/schema/saml-sign-in.ts'
import { startTestApp, type TestApp } from '../../testkit/app.ts'
import { createTestClock } from '../../testkit/clock.ts'
import { type Answer, IdentityProvider } from '../../testkit/identity-provider.ts'
import { answerTo, completeSetup, connect, post, type StartedSignIn, startSignIn } from '../../testkit/scenario.ts'
import { countAttempts, countStored } from '../../testkit/stored.ts'
import { createShapeKeys } from '../shapes/shape.ts'
import { accepted } from './accepted.ts'
import { mutate, mutations } from './mutations.ts'

let app: TestApp
let started: StartedSignIn
let documents: string[]
beforeAll(async () => {
  app = await startTestApp({ clock: createTestClock() })
  const { organization, owner } = await completeSetup(app)
  const idp = await IdentityProvider.create()
  started = await startSignIn(app, await connect(owner, organization.id, idp))
  const person = { subject: 'ada', email: 'ada@acme.example', name: 'Ada' }
  const answer = (lies: Partial<Answer> = {}): Answer => answerTo(app, started, person, lies)
  const keys = await createShapeKeys()
  documents = accepted.map((make) => make({ idp, answer, keys }))
})
afterAll(() => app.close())

/** What the response would make of the browser that comes back: who, in answer to what. Null when it is refused. */
async function send(xml: string): Promise<unknown> {
  const samlResponse = Buffer.from(xml, 'utf8').toString('base64')
  const attempts = await countAttempts(app.db)
  const step = await post(started.browser, started.connection, samlResponse)
  if ('refused' in step) {
    const recorded = (await countAttempts(app.db)) - attempts
    if (step.status >= 500 || recorded !== 1) throw new Error(`${step.status} ${step.refused}, ${recorded} attempts`)
    return null
  }
  const [completion] = await app.db.delete(ssoCompletions).returning({ verified: ssoCompletions.verified })
  // The trace also tells what the unsigned envelope says, such as a word about the success.
  const { checks: _, ...facts } = (completion?.verified ?? {}) as { checks?: unknown }
  return facts
}

test('no mutant of a good response gets anybody else in, or breaks the server', { timeout: 60_000 }, async () => {
  const cookies = started.browser.cookieHeader()
  const before = await countStored(app.db)
  const truths: unknown[] = []
  for (const document of documents) truths.push(await send(document))
  const property = fc.asyncProperty(fc.nat(documents.length - 1), mutations, async (n, changes) => {
    expect([null, truths[n]]).toContainEqual(await send(mutate(documents[n] ?? '', changes)))
  })
  // A failure prints the seed and the path to it: `fc.assert(property, { seed, path })` runs it again.
  await fc.assert(property, { numRuns: 400, interruptAfterTimeLimit: 6000 })
  expect(started.browser.cookieHeader()).toBe(cookies)
  expect(await countStored(app.db)).toEqual(before)
})
