import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSignInAttempt } from '../../../server/src/sso/sign-in-attempt.store.ts'
import { startTestApp, type TestApp } from '../../testkit/app.ts'
import { createTestClock } from '../../testkit/clock.ts'
import { IdentityProvider } from '../../testkit/identity-provider.ts'
import { hardBound, median, startWatch, target } from '../../testkit/refusal-time.ts'
import { completeSetup, connect, follow, post, type StartedSignIn, startSignIn } from '../../testkit/scenario.ts'
import { countAttempts, countStored } from '../../testkit/stored.ts'
import { fieldOf, titled } from './attack.ts'
import { attacks } from './catalogue.ts'
import { createForeignKeys, Scene } from './scene.ts'

let app: TestApp
let scene: Scene
const times: number[] = []
/** A sign-in that was started and stays open: nothing that is refused uses it up. */
let started: StartedSignIn
beforeAll(async () => {
  app = await startTestApp({ clock: createTestClock() })
  const { organization, owner } = await completeSetup(app)
  const idp = await IdentityProvider.create()
  const connection = await connect(owner, organization.id, idp)
  started = await startSignIn(app, connection)
  const { redirectUrl: acsUrl, spEntityId: audience } = connection
  const setting = { idp, acsUrl, audience, now: app.clock.now(), inResponseTo: started.requestId }
  scene = new Scene(setting, await createForeignKeys(idp.signer))
})
afterAll(() => app.close())

describe('the assertion consumer service refuses', () => {
  test.for(titled(attacks))('%s', async ([, attack], { task }) => {
    const { row, reason } = attack
    const samlResponse = fieldOf(attack, scene)
    const before = await countStored(app.db)
    const attemptsBefore = await countAttempts(app.db)
    const cookies = started.browser.cookieHeader()
    const watch = startWatch()
    const step = await post(started.browser, started.connection, samlResponse)
    const { milliseconds, worked } = watch()
    task.meta.attack = { row, milliseconds }
    times.push(milliseconds)
    if (!('refused' in step)) throw new Error(`led to ${step.location}`)
    expect(step.refused).toBe(reason)
    expect(step.status).toBeLessThan(500)
    expect(started.browser.cookieHeader()).toBe(cookies)
    expect(await countStored(app.db)).toEqual(before)
    expect(await countAttempts(app.db)).toBe(attemptsBefore + 1)
    expect(await findSignInAttempt(app.db, step.reference)).toMatchObject({ succeeded: false, failureReason: reason })
    expect(worked).toBeLessThan(hardBound)
  })

  test('within a tenth of a second', () => {
    expect(median(times)).toBeLessThan(target)
  })

  // Last, because it uses the request up.
  test('but not what the attacks start from', async () => {
    const step = await post(started.browser, started.connection, Buffer.from(scene.genuine).toString('base64'))
    expect('location' in step && (await follow(started.browser, step.location))).toEqual({ location: '/' })
  })
})
