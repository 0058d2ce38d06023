import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { networkOf } from '../../server/src/access/rate-limits.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createWorld, post, signIn, startSignIn, type World } from '../testkit/scenario.ts'

describe('refused responses', () => {
  let app: TestApp
  let world: World
  beforeAll(async () => {
    app = await startTestApp({ environment: { RATE_LIMITS: 'on', TRUST_PROXY: 'on' } })
    world = await createWorld(app)
  })
  afterAll(() => app.close())

  const join = (subject: string) =>
    signIn(app, world.idp, world.connection, { subject, email: `${subject}@acme.example` })

  test('from one address are limited, and what was accepted does not count', async () => {
    const { browser } = await startSignIn(app, world.connection)
    for (let n = 0; n < 70; n++) expect((await join('same-person')).step).toEqual({ location: '/' })
    for (let n = 0; n < 60; n++) {
      expect(await post(browser, world.connection, 'bm9uc2Vuc2U=')).toMatchObject({ refused: 'RESPONSE_MALFORMED' })
    }
    const limited = await post(browser, world.connection, 'bm9uc2Vuc2U=')
    expect(limited).toMatchObject({ refused: 'RATE_LIMITED', status: 429 })
  }, 60_000)

  test('do not keep the members out who come from other addresses', async () => {
    const response = await fetch(world.connection.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ SAMLResponse: 'bm9uc2Vuc2U=' }),
      headers: { 'x-forwarded-for': '203.0.113.9' },
    })
    expect(await response.text()).toContain('RESPONSE_MALFORMED')
  })
})

describe('starts', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp({ environment: { RATE_LIMITS: 'on', TRUST_PROXY: 'on' } })
  })
  afterAll(() => app.close())

  const start = async (from: string): Promise<string> => {
    const response = await fetch(`${app.origin}/sso/sso_unknown/login`, { headers: { 'x-forwarded-for': from } })
    const text = await response.text()
    return text.includes('RATE_LIMITED') ? `RATE_LIMITED ${response.status}` : String(response.status)
  }

  test('of sign-ins from one address are limited, and refused before anything is looked up', async () => {
    for (let n = 0; n < 24; n++) await Promise.all(Array.from({ length: 50 }, () => start('203.0.113.9')))
    expect(await start('203.0.113.9')).toBe('RATE_LIMITED 429')
    expect(await start('203.0.113.10')).toBe('404')
  }, 60_000)
})

describe('an address', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
