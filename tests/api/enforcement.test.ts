import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { days, minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import {
  enforce,
  enforceCode,
  makeRecoveryCodes,
  type Reach,
  reachOf,
  recover,
  signInByPassword,
} from '../testkit/enforcement.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import {
  changeRole,
  completeSetup,
  connect,
  createAccessToken,
  createWorld,
  joinBySso,
  ownerPassword,
  signIn,
  type World,
} from '../testkit/scenario.ts'

type Scene = { app: TestApp; clock: TestClock; world: World; codes: string[] }

/** An organization whose connection is verified, whose owner has codes, and which enforces nothing yet. */
async function createScene(): Promise<Scene> {
  const clock = createTestClock()
  const app = await startTestApp({ clock })
  const world = await createWorld(app)
  const codes = await makeRecoveryCodes(world.owner, world.organization.id)
  return { app, clock, world, codes }
}

/** Adam becomes an owner who comes in through single sign-on. */
const makeSsoOwner = (world: World) => changeRole(world.owner, world.admin.membershipId, 'owner')

/** Adam signs in through single sign-on, in another browser. */
const signInAsAdam = async ({ app, world }: Scene) =>
  (await signIn(app, world.idp, world.connection, world.admin)).client

const policyOf = async (client: GraphqlClient) =>
  (
    await client.run<{
      organization: { ssoPolicy: { enforced: boolean; trialEndsAt: string | null; confirmedAt: string | null } }
    }>('{ organization(slug: "acme") { ssoPolicy { enforced trialEndsAt confirmedAt } } }')
  ).organization.ssoPolicy

const auditTypes = async ({ app }: Pick<Scene, 'app'>): Promise<string[]> =>
  (await app.db.execute<{ type: string }>('select type from audit_events order by id')).map(({ type }) => type)

describe('the truth table of enforcement', () => {
  const states = ['off', 'on trial', 'confirmed', 'trial over'] as const
  const who = [
    'the session that switched it on',
    'another session by password',
    'a session through its own connection',
    'a session through the connection of another organization',
    'a session by recovery code',
    'a token whose maker uses single sign-on',
    'a token whose maker does not',
    'nobody',
  ] as const
  const all: Reach = 'everything its role may'
  const repair: Reach = 'single sign-on settings'
  const table: Record<(typeof who)[number], Record<(typeof states)[number], Reach>> = {
    'the session that switched it on': { off: all, 'on trial': repair, confirmed: 'SSO_REQUIRED', 'trial over': all },
    // It belongs to somebody whom another organization lets in too, so that it did not end.
    'another session by password': {
      off: all,
      'on trial': 'SSO_REQUIRED',
      confirmed: 'SSO_REQUIRED',
      'trial over': all,
    },
    'a session through its own connection': { off: all, 'on trial': all, confirmed: all, 'trial over': all },
    'a session through the connection of another organization': {
      off: 'nothing',
      'on trial': 'nothing',
      confirmed: 'nothing',
      'trial over': 'nothing',
    },
    'a session by recovery code': { off: repair, 'on trial': repair, confirmed: repair, 'trial over': repair },
    'a token whose maker uses single sign-on': { off: all, 'on trial': all, confirmed: all, 'trial over': all },
    'a token whose maker does not': {
      off: all,
      'on trial': 'SSO_REQUIRED',
      confirmed: 'SSO_REQUIRED',
      'trial over': all,
    },
    nobody: { off: 'nobody', 'on trial': 'nobody', confirmed: 'nobody', 'trial over': 'nobody' },
  }

  let scene: Scene
  const clients = new Map<string, GraphqlClient>()
  beforeAll(async () => {
    scene = await createScene()
    const { app, world, codes } = scene
    await makeSsoOwner(world)
    await world.owner.run(
      'mutation { createOrganization(input: { name: "Second", slug: "second" }) { organization { id } } }',
    )
    const token = async (by: GraphqlClient) =>
      new GraphqlClient(app.origin, (await createAccessToken(by, world.organization.id, 'admin')).secret)
    // Otto is a member of Acme as well, but his session is of Globex.
    const otto = await signIn(app, world.otherIdp, world.otherConnection, world.outsiderMember)
    clients.set('the session that switched it on', world.owner)
    clients.set('another session by password', await signInByPassword(app))
    clients.set('a session through its own connection', world.member.client)
    clients.set('a session through the connection of another organization', otto.client)
    clients.set('a session by recovery code', await recover(app, codes[0] ?? ''))
    clients.set('a token whose maker uses single sign-on', await token(world.admin.client))
    clients.set('a token whose maker does not', await token(world.owner))
    clients.set('nobody', app.nobody())
  })
  afterAll(() => scene.app.close())

  const reach: Record<(typeof states)[number], () => Promise<unknown>> = {
    off: () => Promise.resolve(),
    'on trial': () => enforce(scene.world.owner, scene.world.organization.id),
    confirmed: async () => {
      await signInAsAdam(scene)
      expect((await policyOf(scene.world.admin.client)).confirmedAt).not.toBeNull()
    },
    'trial over': async () => {
      await enforce(scene.world.admin.client, scene.world.organization.id, false)
      // A recovery session lasts no longer than a quarter of an hour: this one is made for the last column.
      await enforce(scene.world.owner, scene.world.organization.id)
      scene.clock.advance(minutes(30))
      clients.set('a session by recovery code', await recover(scene.app, scene.codes[1] ?? ''))
    },
  }
  describe.each(states)('%s', (state) => {
    beforeAll(() => reach[state]())
    test.each(who)('%s', async (name) => {
      const client = clients.get(name)
      if (client === undefined) throw new Error('nobody of this name')
      expect(await reachOf(client, scene.world)).toBe(table[name][state])
    })
  })
})

describe('switching it on', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await createScene()
  })
  afterAll(() => scene.app.close())

  test('needs a verified connection, and recovery codes', async () => {
    const app = await startTestApp()
    const { organization, owner } = await completeSetup(app)
    expect(await enforceCode(owner, organization.id)).toBe('CONFLICT NO_VERIFIED_CONNECTION')
    const idp = await IdentityProvider.create()
    const connection = await connect(owner, organization.id, idp)
    expect(await enforceCode(owner, organization.id)).toBe('CONFLICT NO_VERIFIED_CONNECTION')
    await joinBySso(app, idp, connection, { subject: 'mary', email: 'mary@acme.example' })
    expect(await enforceCode(owner, organization.id)).toBe('CONFLICT RECOVERY_CODES_MISSING')
    const setEnabled = (enabled: boolean) =>
      owner.run(
        'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
        { input: { connectionId: connection.id, enabled } },
      )
    await setEnabled(false)
    await makeRecoveryCodes(owner, organization.id)
    expect(await enforceCode(owner, organization.id)).toBe('CONFLICT NO_VERIFIED_CONNECTION')
    await setEnabled(true)
    expect(await enforceCode(owner, organization.id)).toBe('OK')
    expect(await policyOf(owner)).toMatchObject({ enforced: true, confirmedAt: null })
    await app.close()
  })

  test('ends the sessions that could enter nothing else, and not the one that did it', async () => {
    const { app, world } = scene
    // Ids sort by time: the events below are the latest.
    scene.clock.advance(minutes(1))
    const other = await signInByPassword(app)
    await enforce(world.owner, world.organization.id)
    expect(await other.codeOf('{ viewer { user { id } } }')).toBe('UNAUTHENTICATED')
    expect(await reachOf(world.owner, world)).toBe('single sign-on settings')
    expect(await reachOf(world.member.client, world)).toBe('everything its role may')
    await enforce(world.owner, world.organization.id, false)
    expect(await reachOf(world.owner, world)).toBe('everything its role may')
    expect((await auditTypes(scene)).slice(-2)).toEqual(['ssoEnforcement.enabled', 'ssoEnforcement.disabled'])
  })

  test('twice changes nothing and is recorded once', async () => {
    const { world } = scene
    await enforce(world.owner, world.organization.id)
    const first = await policyOf(world.owner)
    const types = await auditTypes(scene)
    scene.clock.advance(minutes(1))
    await enforce(world.owner, world.organization.id)
    expect(await policyOf(world.owner)).toEqual(first)
    expect(await auditTypes(scene)).toEqual(types)
    await enforce(world.owner, world.organization.id, false)
  })

  test('by an access token counts as well, and the token can undo it while on trial', async () => {
    const { world, app } = scene
    expect(await enforceCode(world.ownerToken, world.organization.id)).toBe('OK')
    expect(await reachOf(world.ownerToken, world)).toBe('single sign-on settings')
    expect(
      await app.nobody().codeOf('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
        input: { email: 'owner@acme.example', password: ownerPassword },
      }),
    ).toBe('UNAUTHENTICATED SSO_REQUIRED')
    expect(await enforceCode(world.ownerToken, world.organization.id, false)).toBe('OK')
    expect(await reachOf(world.ownerToken, world)).toBe('everything its role may')
  })
})

describe('the trial', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await createScene()
    await makeSsoOwner(scene.world)
  })
  afterAll(() => scene.app.close())
  const id = () => scene.world.organization.id

  test('is not confirmed by a member’s sign-in, but by an owner’s', async () => {
    const { app, world } = scene
    const owner = await signInByPassword(app)
    await enforce(owner, id())
    await signIn(app, world.idp, world.connection, world.member)
    expect((await policyOf(owner)).confirmedAt).toBeNull()
    await signInAsAdam(scene)
    expect(await policyOf(world.member.client)).toMatchObject({ enforced: true, trialEndsAt: null })
    expect((await auditTypes(scene)).slice(-1)).toEqual(['ssoEnforcement.confirmed'])
    scene.clock.advance(days(2))
    await app.runJobs()
    const adam = await signInAsAdam(scene)
    expect(await policyOf(adam)).toMatchObject({ enforced: true })
    await enforce(adam, id(), false)
  })

  test('ends by the clock, with and without the job, and is recorded once', async () => {
    const { app } = scene
    const owner = await signInByPassword(app)
    await enforce(owner, id())
    scene.clock.advance(minutes(30) - 1)
    expect((await policyOf(owner)).enforced).toBe(true)
    scene.clock.advance(1)
    expect((await policyOf(owner)).enforced).toBe(false)
    const before = (await auditTypes(scene)).filter((type) => type === 'ssoEnforcement.reverted').length
    await Promise.all([app.runJobs(), app.runJobs()])
    await app.runJobs()
    expect((await auditTypes(scene)).filter((type) => type === 'ssoEnforcement.reverted')).toHaveLength(before + 1)
    // And when somebody switches it on again before the job came by.
    await enforce(owner, id())
    scene.clock.advance(minutes(31))
    await enforce(owner, id())
    expect((await auditTypes(scene)).slice(-2)).toEqual(['ssoEnforcement.reverted', 'ssoEnforcement.enabled'])
    await enforce(owner, id(), false)
  })

  test('begins anew when somebody changes what sign-ins depend on', async () => {
    const { app, world } = scene
    const owner = await signInByPassword(app)
    await enforce(owner, id())
    const adam = await signInAsAdam(scene)
    expect((await policyOf(adam)).confirmedAt).not.toBeNull()
    await adam.run(
      'mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) { connection { id } } }',
      { input: { connectionId: world.connection.id, idpSsoUrl: 'https://elsewhere.example/sso' } },
    )
    expect(await policyOf(adam)).toMatchObject({ enforced: true, confirmedAt: null })
    expect((await auditTypes(scene)).slice(-1)).toEqual(['ssoEnforcement.trialRestarted'])
    scene.clock.advance(minutes(30))
    expect(await reachOf(await signInByPassword(app), world)).toBe('everything its role may')
    await app.runJobs()
  })

  test('the last connection that is known to work stays while it is enforced', async () => {
    const { app, world } = scene
    await signInAsAdam(scene)
    const owner = await signInByPassword(app)
    await enforce(owner, id())
    const remove = () =>
      owner.codeOf(
        'mutation($input: DeleteSsoConnectionInput!) { deleteSsoConnection(input: $input) { deletedConnectionId } }',
        {
          input: { connectionId: world.connection.id },
        },
      )
    const disable = () =>
      owner.codeOf(
        'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
        { input: { connectionId: world.connection.id, enabled: false } },
      )
    expect(await disable()).toBe('CONFLICT SSO_ENFORCED')
    expect(await remove()).toBe('CONFLICT SSO_ENFORCED')
    await enforce(owner, id(), false)
    expect(await disable()).toBe('OK')
    expect(await remove()).toBe('OK')
  })
})

describe('the preview', () => {
  test('says who would lose access, and why', async () => {
    const { app, world } = await createScene()
    const preview = `ssoEnforcementPreview { memberCount losingMemberCount reasons { reason count }
      members { email role { key } reasons } losingAccessTokenCount accessTokens { name createdByEmail } }`
    const ask = () =>
      world.owner.run<{ organization: { ssoEnforcementPreview: object } }>(
        `{ organization(slug: "acme") { ${preview} } }`,
      )
    expect((await ask()).organization.ssoEnforcementPreview).toEqual({
      memberCount: 3,
      losingMemberCount: 1,
      reasons: [
        { reason: 'NEVER_USED_SSO', count: 1 },
        { reason: 'DOMAIN_NOT_VERIFIED', count: 1 },
        { reason: 'PASSWORD_ONLY_OWNER', count: 1 },
      ],
      members: [
        {
          email: 'owner@acme.example',
          role: { key: 'owner' },
          reasons: ['NEVER_USED_SSO', 'DOMAIN_NOT_VERIFIED', 'PASSWORD_ONLY_OWNER'],
        },
      ],
      losingAccessTokenCount: 2,
      accessTokens: [
        { name: 'owner token', createdByEmail: 'owner@acme.example' },
        { name: 'member token', createdByEmail: 'owner@acme.example' },
      ],
    })
    const prove = (name: string) =>
      app.db.execute(
        `insert into domains (id, organization_id, name, challenge, verified_at, due_at, created_at) values ('dom_${name}', '${world.organization.id}', '${name}', 'x', now(), now(), now())`,
      )
    await prove('corp.example')
    expect((await ask()).organization.ssoEnforcementPreview).toMatchObject({
      members: [{ reasons: ['NEVER_USED_SSO', 'GUEST', 'PASSWORD_ONLY_OWNER'] }],
    })
    await prove('acme.example')
    expect((await ask()).organization.ssoEnforcementPreview).toMatchObject({
      members: [{ reasons: ['NEVER_USED_SSO', 'PASSWORD_ONLY_OWNER'] }],
    })
    await app.db.execute(
      `update users set email = 'olive_other.example#ext#@acme.example' where email = 'owner@acme.example'`,
    )
    expect((await ask()).organization.ssoEnforcementPreview).toMatchObject({
      members: [{ reasons: ['NEVER_USED_SSO', 'GUEST', 'PASSWORD_ONLY_OWNER'] }],
    })
    // Whoever is not known to an enabled connection any more is on the list too.
    await world.owner.run(
      'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
      { input: { connectionId: world.connection.id, enabled: false } },
    )
    expect((await ask()).organization.ssoEnforcementPreview).toMatchObject({ losingMemberCount: 3 })
    await app.close()
  })
})
