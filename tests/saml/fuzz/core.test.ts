import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { readIdentity } from '../../../server/src/sso/saml/read-identity.ts'
import { verifyResponse } from '../../../server/src/sso/saml/verify-response.ts'
import { startWatch } from '../../testkit/refusal-time.ts'
import { createTrust } from '../../testkit/saml-trust.ts'
import { createShapeKeys } from '../shapes/shape.ts'
import { accepted } from './accepted.ts'
import { type Mutation, mutate, mutations } from './mutations.ts'

let core: Awaited<ReturnType<typeof createTrust>>
let documents: string[]
beforeAll(async () => {
  core = await createTrust()
  const material = { idp: core.idp, answer: core.answer, keys: await createShapeKeys() }
  documents = accepted.map((make) => make(material))
})

/** Everything that a sign-in is decided by; the reason when it is refused. */
function decide(xml: string): unknown {
  const samlResponse = Buffer.from(xml, 'utf8').toString('base64')
  const verified = verifyResponse({ samlResponse, trust: core.trust, now: core.now })
  return verified.ok ? { assertion: verified.assertion, read: readIdentity(verified.assertion) } : verified.reason
}

const cases = fc.tuple(fc.nat(), mutations)
const documentOf = (n: number): string => documents[n % documents.length] ?? ''

/** Refused, or the very same: accepted only with what was signed unchanged. */
function check(n: number, changes: Mutation[]): 'refused' | 'same' {
  const original = documentOf(n)
  const watch = startWatch()
  const decided = decide(mutate(original, changes))
  expect(watch().worked).toBeLessThan(1000)
  if (typeof decided === 'string') return 'refused'
  expect(decided).toEqual(decide(original))
  return 'same'
}

test('whatever is done to a good response, it is refused, or it says the very same', { timeout: 60_000 }, () => {
  const outcomes = { refused: 0, same: 0 }
  const property = fc.property(cases, ([n, changes]) => {
    outcomes[check(n, changes)] += 1
  })
  // A failure prints the seed and the path to it: `fc.assert(property, { seed, path })` runs it again.
  fc.assert(property, { numRuns: 4000, interruptAfterTimeLimit: 8000 })
  console.log(`${outcomes.refused} mutants refused, ${outcomes.same} that changed nothing of what was signed`)
  expect(outcomes.refused).toBeGreaterThan(outcomes.same)
})

test('thousands of mutants leave no memory behind', { timeout: 60_000 }, () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const used = (): number => {
    collectGarbage()
    const { heapUsed, arrayBuffers, external } = process.memoryUsage()
    return heapUsed + arrayBuffers + external
  }
  const mutants = fc.sample(cases, 200).map(([n, changes]) => mutate(documentOf(n), changes))
  const begun = performance.now()
  for (const mutant of mutants) decide(mutant)
  const before = used()
  let runs = 0
  for (; runs < 4000 && performance.now() - begun < 6000; runs++) decide(mutants[runs % mutants.length] ?? '')
  const grown = used() - before
  console.log(`${Math.round(grown / 1024)} KiB more after ${runs} mutants`)
  expect(grown).toBeLessThan(8 * 1024 * 1024)
})
