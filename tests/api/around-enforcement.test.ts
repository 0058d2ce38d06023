import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import {
  copyOf,
  enforce,
  enforceCode,
  makeRecoveryCodes,
  reachOf,
  recover,
  recoverMutation,
  signInByPassword,
} from '../testkit/enforcement.ts'
import { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { accept, acceptCode, invite } from '../testkit/invitation.ts'
import {
  answerTo,
  changeRole,
  connect,
  createAccessToken,
  createWorld,
  follow,
  joinBySso,
  ownerPassword,
  post,
  signIn,
  startSignIn,
  type World,
} from '../testkit/scenario.ts'

// Every way around enforcement. Adam is an owner who comes in through single sign-on; Olive made the organization, has a
// password, owns another organization too, and has never used single sign-on.
let app: TestApp
let clock: TestClock
let world: World
let codes: string[]
let adam: GraphqlClient
let madeBefore: GraphqlClient
let olive: GraphqlClient
let olivesToken: GraphqlClient

const mail = { SMTP_URL: 'smtp://localhost:1', MAIL_FROM: 'gatehouse@acme.example' }
const signInMutation = 'mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }'
const nodeQuery = 'query($id: ID!) { node(id: $id) { id } }'
const memberships = '{ viewer { memberships(first: 10) { totalCount nodes { organization { slug } } } } }'

beforeAll(async () => {
  clock = createTestClock()
  // With mail configured, so that every owner is written to; nothing is sent, since the jobs do not run.
  app = await startTestApp({ clock, environment: mail })
  world = await createWorld(app)
  await changeRole(world.owner, world.admin.membershipId, 'owner')
  codes = await makeRecoveryCodes(world.owner, world.organization.id)
  await world.owner.run(
    'mutation { createOrganization(input: { name: "Second", slug: "second" }) { organization { id } } }',
  )
  madeBefore = world.member.client
  olive = world.owner
  olivesToken = world.ownerToken
  await enforce(world.admin.client, world.organization.id)
  clock.advance(1000)
  adam = (await signIn(app, world.idp, world.connection, world.admin)).client
})
afterAll(() => app.close())

const refusal = async (client: GraphqlClient, query: string, variables = {}) => {
  const [error] = (await client.send(query, variables)).errors
  return error === undefined ? null : error
}

describe('a session by password', () => {
  test('made before does not count, and hears where to sign in instead', async () => {
    const error = await refusal(olive, '{ organization(slug: "acme") { id } }')
    expect(error?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      reason: 'SSO_REQUIRED',
      loginUrls: [{ name: 'SAML 2.0', url: world.connection.loginUrl }],
    })
  })

  test('made afterwards does not count either', async () => {
    expect(await reachOf(await signInByPassword(app), world)).toBe('SSO_REQUIRED')
  })

  test('still enters another organization, and lists that alone', async () => {
    expect(await olive.codeOf('{ organization(slug: "second") { memberships(first: 1) { totalCount } } }')).toBe('OK')
    expect(await olive.run(memberships)).toEqual({
      viewer: { memberships: { totalCount: 1, nodes: [{ organization: { slug: 'second' } }] } },
    })
  })

  test('reaches nothing by id', async () => {
    const { id: tokenId } = await createAccessToken(adam, world.organization.id, 'member')
    const ids = [world.organization.id, world.connection.id, world.member.membershipId, tokenId]
    for (const id of ids) expect(await olive.codeOf(nodeQuery, { id })).toBe('UNAUTHENTICATED SSO_REQUIRED')
    const events = await adam.run<{ organization: { auditEvents: { nodes: { id: string }[] } } }>(
      '{ organization(slug: "acme") { auditEvents(first: 1) { nodes { id } } } }',
    )
    const auditId = events.organization.auditEvents.nodes[0]?.id
    expect(await olive.codeOf(nodeQuery, { id: auditId })).toBe('UNAUTHENTICATED SSO_REQUIRED')
    const { viewer } = await madeBefore.run<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }')
    expect(await olive.codeOf(nodeQuery, { id: viewer.user.id })).toBe('NOT_FOUND')
  })

  test('changes nothing', async () => {
    const organizationId = world.organization.id
    expect(await enforceCode(olive, organizationId, false)).toBe('UNAUTHENTICATED SSO_REQUIRED')
    const calls: [string, string, object][] = [
      ['createRecoveryCodes', 'CreateRecoveryCodesInput', { organizationId }],
      ['createAccessToken', 'CreateAccessTokenInput', { organizationId, name: 'x', role: 'member' }],
      ['removeMember', 'RemoveMemberInput', { membershipId: world.member.membershipId }],
      ['changeMemberRole', 'ChangeMemberRoleInput', { membershipId: world.member.membershipId, role: 'admin' }],
      ['deleteSsoConnection', 'DeleteSsoConnectionInput', { connectionId: world.connection.id }],
      ['createSamlConnection', 'CreateSamlConnectionInput', { organizationId }],
      ['leaveOrganization', 'LeaveOrganizationInput', { organizationId }],
    ]
    for (const [name, type, input] of calls) {
      const code = await olive.codeOf(`mutation($input: ${type}!) { ${name}(input: $input) { __typename } }`, { input })
      expect([name, code]).toEqual([name, 'UNAUTHENTICATED SSO_REQUIRED'])
    }
  })
})

describe('a password', () => {
  test('lets nobody in whose organizations all enforce; it says so after the right one alone', async () => {
    // Mary gets a password, as somebody has who was there before single sign-on.
    await app.db.execute(
      `update users set password_hash = (select password_hash from users where email = 'owner@acme.example') where email = 'mary@acme.example'`,
    )
    const client = app.nobody()
    const wrong = await client.codeOf(signInMutation, {
      input: { email: 'mary@acme.example', password: 'not the password' },
    })
    expect(wrong).toBe('BAD_USER_INPUT')
    const right = await refusal(client, signInMutation, {
      input: { email: 'mary@acme.example', password: ownerPassword },
    })
    expect(right?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      reason: 'SSO_REQUIRED',
      loginUrls: [{ name: 'SAML 2.0', url: world.connection.loginUrl }],
    })
    expect(client.cookieHeader).toBe('')
    const stranger = await client.codeOf(signInMutation, {
      input: { email: 'no@body.example', password: ownerPassword },
    })
    expect(stranger).toBe('BAD_USER_INPUT')
  })
})

describe('an access token', () => {
  test('does not count while its maker has not used single sign-on', async () => {
    for (const token of [olivesToken, world.memberToken]) {
      expect(await reachOf(token, world)).toBe('SSO_REQUIRED')
      expect(await token.codeOf(nodeQuery, { id: world.member.membershipId })).toBe('UNAUTHENTICATED SSO_REQUIRED')
    }
    expect(await enforceCode(olivesToken, world.organization.id, false)).toBe('UNAUTHENTICATED SSO_REQUIRED')
  })

  test('of a removed member counts for nothing, and of a suspended one neither', async () => {
    const nora = await joinBySso(app, world.idp, world.connection, { subject: 'nora', email: 'nora@acme.example' })
    await changeRole(adam, nora.membershipId, 'admin')
    const token = new GraphqlClient(
      app.origin,
      (await createAccessToken(nora.client, world.organization.id, 'admin')).secret,
    )
    expect(await reachOf(token, world)).toBe('everything its role may')
    const suspend = (suspended: boolean) =>
      adam.run(
        'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
        {
          input: { membershipId: nora.membershipId, suspended },
        },
      )
    await suspend(true)
    expect(await reachOf(token, world)).toBe('nobody')
    expect(await reachOf(nora.client, world)).toBe('nobody')
    await suspend(false)
    await adam.run('mutation($input: RemoveMemberInput!) { removeMember(input: $input) { removedMembershipId } }', {
      input: { membershipId: nora.membershipId },
    })
    expect(await reachOf(token, world)).toBe('nobody')
  })
})

describe('a session through single sign-on', () => {
  test('of the organization’s own, made before, counts', async () => {
    expect(await reachOf(madeBefore, world)).toBe('everything its role may')
  })

  test('of another organization’s identity provider does not, for its members either', async () => {
    expect(await reachOf(world.outsider, world)).toBe('nothing')
    expect(await world.outsider.codeOf(nodeQuery, { id: world.organization.id })).toBe('NOT_FOUND')
  })

  test('ends with its connection', async () => {
    const idp = await IdentityProvider.create({ entityId: 'https://second-idp.example' })
    const second = await connect(adam, world.organization.id, idp)
    const make = async (subject: string) =>
      (await joinBySso(app, idp, second, { subject, email: `${subject}@acme.example` })).client
    const disabled = await make('dora')
    const set = (enabled: boolean) =>
      adam.run(
        'mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) { connection { id } } }',
        {
          input: { connectionId: second.id, enabled },
        },
      )
    await set(false)
    expect(await reachOf(disabled, world)).toBe('nobody')
    await set(true)
    const deleted = await make('dana')
    await adam.run(
      'mutation($input: DeleteSsoConnectionInput!) { deleteSsoConnection(input: $input) { deletedConnectionId } }',
      {
        input: { connectionId: second.id },
      },
    )
    expect(await reachOf(deleted, world)).toBe('nobody')
  })

  test('is not made for a suspended member', async () => {
    const person = { subject: 'sam', email: 'sam@acme.example' }
    const sam = await joinBySso(app, world.idp, world.connection, person)
    await adam.run(
      'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
      {
        input: { membershipId: sam.membershipId, suspended: true },
      },
    )
    expect(await reachOf(sam.client, world)).toBe('nobody')
    const { step } = await signIn(app, world.idp, world.connection, person)
    expect(step).toMatchObject({ refused: 'MEMBER_SUSPENDED' })
  })

  test('that was begun as somebody who has a password leads to proving it, and then in', async () => {
    const started = await startSignIn(app, world.connection)
    const person = { subject: 'olive', email: 'owner@acme.example' }
    const posted = await post(started.browser, world.connection, world.idp.response(answerTo(app, started, person)))
    const step = 'location' in posted ? await follow(started.browser, posted.location) : posted
    const token = 'location' in step ? new URL(step.location, app.origin).searchParams.get('token') : null
    const client = new GraphqlClient(app.origin).withCookies(started.browser.cookieHeader())
    await client.run('mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { returnPath } }', {
      input: { token, password: ownerPassword },
    })
    expect(await reachOf(client, world)).toBe('everything its role may')
    // From now on an identity provider vouches for Olive, and her tokens count again.
    expect(await reachOf(olivesToken, world)).toBe('everything its role may')
    expect(await reachOf(olive, world)).toBe('SSO_REQUIRED')
  })
})

describe('an invitation', () => {
  const password = 'a password of their own'

  test('makes no account and lets nobody in with a password', async () => {
    const { token } = await invite(adam, world.organization.id, 'guest@elsewhere.example', 'owner')
    const browser = app.nobody()
    expect(await acceptCode(browser, token, password)).toBe('UNAUTHENTICATED SSO_REQUIRED')
    expect(await reachOf(browser, world)).toBe('nobody')
    expect(await app.nobody().codeOf(signInMutation, { input: { email: 'guest@elsewhere.example', password } })).toBe(
      'BAD_USER_INPUT',
    )
  })

  test('is no way in for an account that has a password elsewhere', async () => {
    const { organizations } = await olive.run<{ organizations: { id: string } }>(
      '{ organizations: organization(slug: "second") { id } }',
    )
    const toSecond = await invite(olive, organizations.id, 'both@elsewhere.example')
    const both = app.nobody()
    await accept(both, toSecond.token, { password })
    const toAcme = await invite(adam, world.organization.id, 'both@elsewhere.example', 'admin')
    expect(await acceptCode(both, toAcme.token)).toBe('UNAUTHENTICATED SSO_REQUIRED')
    expect(await acceptCode(app.nobody(), toAcme.token, password)).toBe('UNAUTHENTICATED SSO_REQUIRED')
    expect(await reachOf(both, world)).toBe('nothing')
  })

  test('leads through single sign-on, and then gives its role', async () => {
    const email = 'invited@acme.example'
    const { token } = await invite(adam, world.organization.id, email, 'admin')
    const { client } = await signIn(app, world.idp, world.connection, { subject: 'invited', email })
    expect((await accept(client, token)).role.key).toBe('admin')
    expect(await reachOf(client, world)).toBe('everything its role may')
  })
})

describe('a recovery code', () => {
  test('works once, and says of no other code whether there is one', async () => {
    const code = codes[0] ?? ''
    const client = await recover(app, code.toLowerCase().replaceAll('-', ' '))
    expect(await reachOf(client, world)).toBe('single sign-on settings')
    const wrong = ['', code, code.slice(1), 'ABCDE-ABCDE-ABCDE-ABCDE', "'; drop table users"]
    const answers = await Promise.all(
      wrong.map((each) => refusal(app.nobody(), recoverMutation, { input: { code: each } })),
    )
    for (const answer of answers) {
      expect(answer?.message).toBe(answers[0]?.message)
      expect(answer?.extensions['fields']).toEqual(answers[0]?.extensions['fields'])
    }
  })

  test('used by two at once opens one session', async () => {
    const send = () => app.nobody().codeOf(recoverMutation, { input: { code: codes[1] } })
    expect((await Promise.all([send(), send(), send()])).toSorted()).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT', 'OK'])
  })

  test('opens the settings of single sign-on and nothing else', async () => {
    const client = await recover(app, codes[2] ?? '')
    const organizationId = world.organization.id
    const allowed = ['ssoConnections { id }', 'ssoPolicy { enforced }', 'recoveryCodeUses { email }', 'domains { id }']
    for (const field of allowed) expect(await client.codeOf(`{ organization(slug: "acme") { ${field} } }`)).toBe('OK')
    const refused = [
      'memberships(first: 1) { totalCount }',
      'accessTokens(first: 1) { totalCount }',
      'auditEvents(first: 1) { totalCount }',
      'ssoEnforcementPreview { memberCount }',
    ]
    for (const field of refused) {
      expect([field, await client.codeOf(`{ organization(slug: "acme") { ${field} } }`)]).toEqual([field, 'FORBIDDEN'])
    }
    expect(await client.run('{ organization(slug: "acme") { recoveryCodes { unused } } }')).toEqual({
      organization: { recoveryCodes: null },
    })
    expect(await client.codeOf(nodeQuery, { id: world.member.membershipId })).toBe('FORBIDDEN')
    const { viewer } = await madeBefore.run<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }')
    expect(await client.codeOf(nodeQuery, { id: viewer.user.id })).toBe('NOT_FOUND')
    expect(await client.run('{ organization(slug: "second") { id } }')).toEqual({ organization: null })
    expect(await client.run(memberships)).toEqual({
      viewer: { memberships: { totalCount: 1, nodes: [{ organization: { slug: 'acme' } }] } },
    })
    const calls: [string, string, object][] = [
      ['createRecoveryCodes', 'CreateRecoveryCodesInput', { organizationId }],
      ['createAccessToken', 'CreateAccessTokenInput', { organizationId, name: 'x', role: 'member' }],
      ['changeMemberRole', 'ChangeMemberRoleInput', { membershipId: world.member.membershipId, role: 'owner' }],
      ['setMemberSuspended', 'SetMemberSuspendedInput', { membershipId: world.member.membershipId, suspended: true }],
      ['removeMember', 'RemoveMemberInput', { membershipId: world.member.membershipId }],
      ['leaveOrganization', 'LeaveOrganizationInput', { organizationId }],
      ['setSessionPolicy', 'SetSessionPolicyInput', { organizationId, idleMinutes: 60 }],
      ['createOrganization', 'CreateOrganizationInput', { name: 'Third', slug: 'third' }],
    ]
    for (const [name, type, input] of calls) {
      const code = await client.codeOf(`mutation($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
        input,
      })
      expect([name, code]).toEqual([name, 'FORBIDDEN'])
    }
    expect(await enforceCode(client, organizationId, true)).toBe('FORBIDDEN')
  })

  test('is no proof for connecting an account', async () => {
    const client = await recover(app, codes[3] ?? '')
    const started = await startSignIn(app, world.connection)
    const person = { subject: 'not-olive', email: 'owner@acme.example' }
    const posted = await post(started.browser, world.connection, world.idp.response(answerTo(app, started, person)))
    const step = 'location' in posted ? await follow(started.browser, posted.location) : posted
    const token = 'location' in step ? new URL(step.location, app.origin).searchParams.get('token') : null
    const both = copyOf(client).withCookies(started.browser.cookieHeader())
    const link = 'mutation($input: LinkSsoIdentityInput!) { linkSsoIdentity(input: $input) { returnPath } }'
    expect(await both.codeOf(link, { input: { token } })).toBe('BAD_USER_INPUT')
  })

  test('opens it for a quarter of an hour, whatever the activity, and can be signed out of', async () => {
    const client = await recover(app, codes[4] ?? '')
    clock.advance(minutes(14))
    expect(await reachOf(client, world)).toBe('single sign-on settings')
    clock.advance(minutes(1))
    expect(await reachOf(client, world)).toBe('nobody')
    const other = await recover(app, codes[5] ?? '')
    expect(await other.codeOf('mutation { signOut { redirectUrl } }')).toBe('OK')
    expect(await reachOf(other, world)).toBe('nobody')
  })

  test('is nobody else’s after new ones were made, and nobody’s who is no owner any more', async () => {
    const left = await recover(app, codes[6] ?? '')
    const own = (
      await app.db.execute<{ id: string }>(
        `select m.id from memberships m join users u on u.id = m.user_id where u.email = 'owner@acme.example' and m.organization_id = '${world.organization.id}'`,
      )
    )[0]?.id
    await changeRole(adam, own ?? '', 'admin')
    expect(await left.codeOf('{ organization(slug: "acme") { ssoConnections { id } } }')).toBe('OK')
    expect(await enforceCode(left, world.organization.id, false)).toBe('FORBIDDEN')
    expect(await app.nobody().codeOf(recoverMutation, { input: { code: codes[7] } })).toBe('BAD_USER_INPUT')
    await changeRole(adam, own ?? '', 'owner')
    // It was spent by the attempt.
    expect(await app.nobody().codeOf(recoverMutation, { input: { code: codes[7] } })).toBe('BAD_USER_INPUT')
    const old = await makeRecoveryCodes(adam, world.organization.id)
    await makeRecoveryCodes(adam, world.organization.id)
    expect(await app.nobody().codeOf(recoverMutation, { input: { code: old[0] } })).toBe('BAD_USER_INPUT')
  })

  test('is kept as a hash, and its use is in the audit log and among the uses', async () => {
    const rows = await app.db.execute<{ code_hash: string }>('select * from recovery_codes')
    for (const { code_hash: hash } of rows) expect(hash).toMatch(/^[0-9a-f]{64}$/)
    const { organization } = await adam.run<{
      organization: { auditEvents: { nodes: { type: string; actor: string }[] }; recoveryCodeUses: { email: string }[] }
    }>(
      '{ organization(slug: "acme") { recoveryCodeUses { email at } auditEvents(first: 100) { nodes { type actor } } } }',
    )
    const mails = await app.db.execute<{ recipient: string; subject: string }>(
      'select recipient, subject from mail_outbox',
    )
    for (const recipient of ['owner@acme.example', 'adam@acme.example']) {
      expect(mails).toContainEqual({ recipient, subject: 'Acme: a recovery code was used' })
    }
    expect(organization.recoveryCodeUses.length).toBeGreaterThan(5)
    expect(organization.auditEvents.nodes).toContainEqual({ type: 'recoveryCode.used', actor: 'owner@acme.example' })
  })

  test('can switch enforcement off: that is what it is for', async () => {
    const client = await recover(app, codes[8] ?? '')
    expect(await enforceCode(client, world.organization.id, false)).toBe('OK')
    expect(await reachOf(client, world)).toBe('single sign-on settings')
    expect(await reachOf(await signInByPassword(app), world)).toBe('everything its role may')
  })
})
