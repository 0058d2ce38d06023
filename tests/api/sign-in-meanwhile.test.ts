import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { createWorld, ownerPassword, signIn as signInBySso, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  await app.db.execute(`update users set password_hash =
    (select password_hash from users where email = 'owner@acme.example') where email = 'mary@acme.example'`)
})
afterAll(() => app.close())

const byPassword = (browser: GraphqlClient): Promise<string> =>
  browser.codeOf('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
    input: { email: 'mary@acme.example', password: ownerPassword },
  })
const suspend = (suspended: boolean): Promise<string> =>
  world.owner.codeOf(
    'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
    { input: { membershipId: world.member.membershipId, suspended } },
  )

test('sign-ins in place of an older session, while owners suspend and reinstate the person, all come to an end', async () => {
  const browsers = Array.from({ length: 30 }, () => app.nobody())
  for (let round = 0; round < 3; round++) {
    for (const browser of browsers) expect(await byPassword(browser)).toBe('OK')
    const signIns = browsers.map((browser) => byPassword(browser))
    const changes = browsers.map((_, n) => suspend(n % 2 === 0))
    const codes = await Promise.all([...signIns, ...changes])
    expect([...new Set(codes)]).toEqual(['OK'])
  }
}, 60_000)

test('sign-ins by password, while single sign-on changes the person’s address, all come to an end', async () => {
  await suspend(false)
  await app.db.execute(`insert into domains (id, organization_id, name, challenge, verified_at, due_at, created_at)
    values ('dom_proved', '${world.organization.id}', 'acme.example', 'a challenge', now(), now(), now())`)
  for (let round = 0; round < 3; round++) {
    const named = ['mary', 'mary.married', 'mary', 'mary.married', 'mary.married', 'mary']
    const signIns = named.map((name) =>
      signInBySso(app, world.idp, world.connection, { subject: 'mary', email: `${name}@acme.example` }),
    )
    const passwords = Array.from({ length: 30 }, () => byPassword(app.nobody()))
    const codes = await Promise.all(passwords)
    const steps = (await Promise.all(signIns)).map(({ step }) => step)
    // While the address is another one, the password is that of nobody.
    expect(codes.filter((code) => code !== 'OK' && code !== 'BAD_USER_INPUT')).toEqual([])
    expect(steps).toEqual(named.map(() => ({ location: '/' })))
  }
}, 60_000)
