import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { users } from '../../server/src/db/schema/users.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { completeSetup, ownerPassword } from '../testkit/scenario.ts'

let app: TestApp
let behindTls: TestApp
beforeAll(async () => {
  app = await startTestApp()
  behindTls = await startTestApp({ environment: { PUBLIC_URL: 'https://sso.example.com', HOST: 'localhost' } })
  await completeSetup(app)
})
afterAll(async () => {
  await app.close()
  await behindTls.close()
})

/** What every page is served with, whoever made it. */
const pages = ['/', '/sign-in', '/sso/sso_unknown/login', '/healthz', '/no/such/file.js']

describe('the headers of every answer', () => {
  test.each(pages)('keep %s from running foreign scripts and from being framed', async (path) => {
    const { headers } = await fetch(new URL(path, app.origin))
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toMatch(/form-action 'self'(;|$)/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('x-request-id')).toMatch(/^req_/)
  })

  test('a page has a policy without unsafe-inline, with another nonce each time', async () => {
    const read = async (path: string) => {
      const response = await fetch(new URL(path, app.origin), { headers: { accept: 'text/html' } })
      const policy = response.headers.get('content-security-policy') ?? ''
      const [, nonce = ''] = /style-src [^;]*'nonce-([^']+)'/.exec(policy) ?? []
      expect(policy).not.toContain('unsafe')
      expect(nonce.length).toBeGreaterThan(20)
      return { nonce, html: await response.text(), cache: response.headers.get('cache-control') }
    }
    const [one, other] = [await read('/'), await read('/')]
    expect(one.nonce).not.toBe(other.nonce)
    for (const { nonce, html, cache } of [one, other, await read('/organizations/acme'), await read('/graphiql')]) {
      expect(html).toContain(`nonce="${nonce}"`)
      // A copy that is kept would have an old one.
      expect(cache).toBe('no-store')
    }
  })

  test('ask for https from then on where there is https, and only there', async () => {
    const header = async ({ origin }: TestApp) =>
      (await fetch(`${origin}/healthz`)).headers.get('strict-transport-security')
    expect(await header(behindTls)).toBe('max-age=31536000; includeSubDomains')
    expect(await header(app)).toBe(null)
  })

  test('keep what sign-in and the API answer out of every cache', async () => {
    const api = await fetch(`${app.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ viewer { user { id } } }"}',
    })
    expect(api.headers.get('cache-control')).toContain('no-store')
    const login = await fetch(`${app.origin}/sso/sso_unknown/login`, { redirect: 'manual' })
    expect(login.headers.get('cache-control')).toContain('no-store')
  })
})

test('a password is stored as argon2id with 19 MiB and two passes, and nowhere else', async () => {
  const [row] = await app.db.select().from(users)
  expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const everything = JSON.stringify([
    await app.db.execute('select * from users'),
    await app.db.execute('select * from sessions'),
    await app.db.execute('select * from audit_events'),
  ])
  expect(everything).not.toContain(ownerPassword)
})
