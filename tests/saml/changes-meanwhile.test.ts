import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  findSamlConnection,
  lockSamlConnection,
  type SamlConnectionRow,
  updateSamlConnection,
} from '../../server/src/sso/sso-connection.store.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import {
  answerTo,
  createWorld,
  follow,
  ownerPassword,
  post,
  type Step,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'

let app: TestApp
let world: World
let stored: SamlConnectionRow
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  const found = await findSamlConnection(app.db, world.connection.id)
  if (found === null) throw new Error('the connection is gone')
  stored = found
})
afterAll(() => app.close())

const refusal = (step: Step): string => ('refused' in step ? step.refused : `led to ${step.location}`)
const update = (input: Record<string, unknown>): Promise<unknown> =>
  world.owner.run(
    'mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) { connection { id } } }',
    { input: { connectionId: world.connection.id, ...input } },
  )

/** A sign-in up to its second half: verified, and not yet completed. */
async function verified(subject: string): Promise<() => Promise<Step>> {
  const started = await startSignIn(app, world.connection)
  const person = { subject, email: `${subject}@acme.example` }
  const posted = await post(started.browser, world.connection, world.idp.response(answerTo(app, started, person)))
  if (!('location' in posted)) throw new Error(posted.refused)
  return () => follow(started.browser, posted.location)
}

describe('what an owner changes while somebody signs in', () => {
  test.each(['update', 'share'] as const)('is seen whole by who waited for it (%s)', async (strength) => {
    const { certificate } = await createSigningKey()
    let waiting: Promise<SamlConnectionRow | null> = Promise.resolve(null)
    await app.db.transaction(async (tx) => {
      const before = await lockSamlConnection(tx, world.organization.id, stored.id)
      if (before === null) throw new Error('the connection is gone')
      waiting = app.db.transaction((other) => lockSamlConnection(other, world.organization.id, stored.id, strength))
      // It waits for the lock: the database itself says so.
      await expect
        .poll(() =>
          app.db.execute("select 1 from pg_locks where not granted and locktype in ('transactionid', 'tuple')"),
        )
        .not.toHaveLength(0)
      await updateSamlConnection(tx, { ...before, idpCertificates: [certificate], revision: before.revision + 1 })
    })
    const seen = await waiting
    expect(seen?.idpCertificates).toEqual([certificate])
    await app.db.transaction((tx) => updateSamlConnection(tx, { ...stored, revision: (seen?.revision ?? 0) + 1 }))
  })

  test('a certificate that is no longer trusted ends a sign-in that was verified with it', async () => {
    const complete = await verified('mid-certificate')
    const { certificate } = await createSigningKey()
    await update({ idpCertificates: [certificate] })
    expect(refusal(await complete())).toBe('COMPLETION_EXPIRED')
    await update({ idpCertificates: [world.idp.certificate] })
  })

  test('another identity provider’s entity ID ends it too', async () => {
    const complete = await verified('mid-issuer')
    await update({ idpEntityId: 'https://somebody.else' })
    expect(refusal(await complete())).toBe('COMPLETION_EXPIRED')
    await update({ idpEntityId: world.idp.entityId })
  })

  test.each([{ requestedAuthnContext: 'https://refeds.org/profile/mfa' }, { forceAuthn: true }])(
    'what a sign-in must be like from now on ends one that was not asked for it: %j',
    async (setting) => {
      const complete = await verified(`mid-${Object.keys(setting)[0]}`)
      await update(setting)
      expect(refusal(await complete())).toBe('COMPLETION_EXPIRED')
      await update({ requestedAuthnContext: null, forceAuthn: false })
    },
  )

  test('two first sign-ins at once both count: the entity ID that one of them teaches is theirs', async () => {
    await update({ idpEntityId: null })
    const [one, two] = [await verified('first-a'), await verified('first-b')]
    expect(refusal(await one())).toBe('led to /')
    expect(refusal(await two())).toBe('led to /')
  })
})

describe('what an owner changes while somebody is asked to prove that an account is theirs', () => {
  const link = 'mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { returnPath } }'

  /** A sign-in up to the question; what comes of the right password. */
  async function asked(subject: string): Promise<() => Promise<string>> {
    const person = { subject, email: 'owner@acme.example' }
    const { step, client } = await signIn(app, world.idp, world.connection, person)
    if (!('location' in step)) throw new Error(step.refused)
    const token = new URL(step.location, app.origin).searchParams.get('token')
    return () => client.codeOf(link, { input: { token, password: ownerPassword } })
  }

  const enable = (enabled: boolean) =>
    world.owner.run(
      'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
      { input: { connectionId: world.connection.id, enabled } },
    )

  test.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
    [
      'the certificate that it was signed with',
      async () => update({ idpCertificates: [(await createSigningKey()).certificate] }),
      () => update({ idpCertificates: [world.idp.certificate] }),
    ],
    [
      'the name of the identity provider',
      () => update({ idpEntityId: 'https://somebody.else' }),
      () => update({ idpEntityId: world.idp.entityId }),
    ],
    [
      'which attribute the subject is in',
      () => update({ attributeMapping: { subject: 'employee' } }),
      () => update({ attributeMapping: null }),
    ],
    [
      'that sign-ins may start at the identity provider',
      () => update({ allowIdpInitiated: false }),
      () => update({ allowIdpInitiated: true }),
    ],
    [
      'that older sign-ins at the identity provider count',
      () => update({ forceAuthn: true }),
      () => update({ forceAuthn: false }),
    ],
    ['that anybody may sign in', () => enable(false), () => enable(true)],
  ])('ends it: %s', async (what, change, changeBack) => {
    await update({ allowIdpInitiated: true })
    const prove = await asked(`asked ${what}`)
    await change()
    await changeBack()
    expect(await prove()).toBe('NOT_FOUND')
  })

  test('and depends on none of it leaves it alone', async () => {
    const prove = await asked('asked in peace')
    await update({ name: 'Renamed' })
    expect(await prove()).toBe('OK')
  })
})

test('a connection without a certificate refuses by name and is recorded', async () => {
  await update({ idpCertificates: [] })
  expect(await (await fetch(world.connection.loginUrl)).text()).toContain('CONNECTION_INCOMPLETE')
  const started = await startSignIn(app, world.otherConnection)
  const person = { subject: 'x', email: 'x@acme.example' }
  const answer = { ...answerTo(app, started, person), acsUrl: world.connection.redirectUrl }
  const step = await post(started.browser, world.connection, world.idp.response({ ...answer, sign: 'none' }))
  expect(step).toMatchObject({ refused: 'CONNECTION_INCOMPLETE', status: 403 })
  expect('reference' in step && step.reference).toMatch(/^att_/)
  await update({ idpCertificates: [world.idp.certificate] })
})
