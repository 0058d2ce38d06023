import { beforeAll, describe, expect, test } from 'vitest'
import { readIdentity } from '../../../server/src/sso/saml/read-identity.ts'
import { verifyResponse } from '../../../server/src/sso/saml/verify-response.ts'
import { hardBound, median, startWatch, target } from '../../testkit/refusal-time.ts'
import { createTrust } from '../../testkit/saml-trust.ts'
import { fieldOf, titled } from './attack.ts'
import { attacks } from './catalogue.ts'
import { createForeignKeys, Scene } from './scene.ts'

let core: Awaited<ReturnType<typeof createTrust>>
let scene: Scene
const times: number[] = []
beforeAll(async () => {
  core = await createTrust()
  scene = new Scene({ ...core.answer(), idp: core.idp }, await createForeignKeys(core.idp.signer))
  decide(Buffer.from(scene.genuine).toString('base64'))
})

/** All that is decided from the message alone. */
function decide(samlResponse: string): { reason: string; checks: { passed: boolean }[] } {
  const verified = verifyResponse({ samlResponse, trust: core.trust, now: core.now })
  if (!verified.ok) return verified
  const read = readIdentity(verified.assertion)
  return read.ok ? { reason: 'accepted', checks: [] } : read
}

test('what the attacks start from is accepted', () => {
  for (const xml of [scene.genuine, scene.signedResponse(), scene.told({ sign: 'both' })]) {
    expect(decide(Buffer.from(xml).toString('base64')).reason).toBe('accepted')
  }
})

describe('the core refuses', () => {
  test.for(titled(attacks))('%s', ([, attack], { task }) => {
    const { row, reason } = attack
    const field = fieldOf(attack, scene)
    const watch = startWatch()
    const decided = decide(field)
    const { milliseconds, worked } = watch()
    task.meta.attack = { row, milliseconds }
    times.push(milliseconds)
    expect(decided.reason).toBe(reason)
    // The trace names what was wrong, and never holds the message itself.
    expect(decided.checks.some((check) => !check.passed)).toBe(true)
    expect(JSON.stringify(decided.checks).length).toBeLessThan(8000)
    expect(worked).toBeLessThan(hardBound)
  })
  test('within a tenth of a second', () => {
    expect(median(times)).toBeLessThan(target)
  })
})
