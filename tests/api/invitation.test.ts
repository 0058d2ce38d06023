import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { days, hours, minutes } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { enforce, makeRecoveryCodes, recover, signInByPassword } from '../testkit/enforcement.ts'
import { ownDomain } from '../testkit/front-door.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import {
  accept,
  acceptCode,
  invite,
  inviteMutation,
  previewQuery,
  resend,
  resendMutation,
  revokeMutation,
} from '../testkit/invitation.ts'
import { changeRole, completeSetup, createWorld, joinBySso, signIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let world: World
let number = 0

beforeAll(async () => {
  clock = createTestClock()
  const environment = { SMTP_URL: 'smtp://localhost:1', MAIL_FROM: 'gatehouse@acme.example' }
  app = await startTestApp({ clock, environment })
  world = await createWorld(app)
})
afterAll(() => app.close())

let address = ''
beforeEach(() => {
  number += 1
  address = `guest${number}@elsewhere.example`
})

const password = 'a password of their own'
const maryEmail = 'mary@acme.example'
const rows = async (table: 'invitations' | 'users', email: string): Promise<Record<string, unknown>[]> => [
  ...(await app.db.execute(`select * from ${table} where email = '${email}'`)),
]
const acme = () => world.organization.id
const inviteRaw = (by: GraphqlClient, emails: string[], role = 'member') =>
  by.send(inviteMutation, { input: { organizationId: acme(), emails, role } })
const openInvitations = async (by = world.owner) => {
  const { organization } = await by.run<{
    organization: { invitations: { totalCount: number; nodes: { email: string; problem: string | null }[] } }
  }>('{ organization(slug: "acme") { invitations(first: 100) { totalCount nodes { email expired problem } } } }')
  return organization.invitations.nodes
}
const roleIn = async (client: GraphqlClient): Promise<string | null> => {
  const { organization } = await client.run<{ organization: { viewerRole: { key: string } } | null }>(
    '{ organization(slug: "acme") { viewerRole { key } } }',
  )
  return organization?.viewerRole.key ?? null
}
const lastEvents = async (): Promise<string[]> => {
  const { organization } = await world.owner.run<{ organization: { auditEvents: { nodes: { type: string }[] } } }>(
    '{ organization(slug: "acme") { auditEvents(first: 4) { nodes { type } } } }',
  )
  return organization.auditEvents.nodes.map(({ type }) => type)
}

describe('inviting', () => {
  test('several at once, each with a link of their own and a mail', async () => {
    await app.db.execute('delete from mail_outbox')
    const { data } = await world.admin.client.send<{
      inviteMembers: { invitations: { acceptUrl: string; invitation: { email: string } }[] }
    }>(inviteMutation, {
      input: {
        organizationId: acme(),
        emails: [' Ada@Elsewhere.example', address, 'ada@elsewhere.example'],
        role: 'member',
      },
    })
    const sent = data?.inviteMembers.invitations ?? []
    expect(sent.map(({ invitation }) => invitation.email)).toEqual(['ada@elsewhere.example', address])
    expect(new Set(sent.map(({ acceptUrl }) => acceptUrl)).size).toBe(2)
    const mails = [
      ...(await app.db.execute<{ recipient: string; subject: string; text: string; html: string }>(
        'select * from mail_outbox',
      )),
    ]
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual(['ada@elsewhere.example', address].sort())
    const mail = mails.find(({ recipient }) => recipient === address)
    expect(mail?.subject).toBe('You are invited to join Acme')
    expect(mail?.text).toContain(sent[1]?.acceptUrl)
    expect(mail?.text).toContain('Adam Admin (adam@acme.example) invites you to join Acme as Organization Member.')
    expect(mail?.html).toContain(sent[1]?.acceptUrl)
  })

  test('keeps no secret', async () => {
    const { token } = await invite(world.owner, acme(), address)
    expect(JSON.stringify(await rows('invitations', address))).not.toContain(token)
  })

  test('is all or nothing, and names each place that is wrong', async () => {
    const { errors } = await inviteRaw(world.owner, [address, 'nonsense', maryEmail.toUpperCase()])
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.emails.1', reason: 'INVALID_EMAIL' }],
    })
    const second = await inviteRaw(world.owner, [address, maryEmail.toUpperCase()])
    expect(second.errors[0]?.extensions).toMatchObject({
      fields: [{ path: 'input.emails.1', reason: 'ALREADY_MEMBER' }],
    })
    expect((await openInvitations()).map(({ email }) => email)).not.toContain(address)
  })

  test.each([
    [[], 'member', 'input.emails', 'REQUIRED'],
    [Array.from({ length: 101 }, (_, i) => `a${i}@elsewhere.example`), 'member', 'input.emails', 'TOO_MANY'],
    [['ada@elsewhere.example'], 'king', 'input.role', 'UNKNOWN_ROLE'],
  ])('refuses %#', async (emails, role, path, reason) => {
    const { errors } = await inviteRaw(world.owner, emails, role)
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path, reason }] })
  })

  test('says nothing of accounts elsewhere', async () => {
    const { errors } = await inviteRaw(world.owner, ['otto@globex.example'])
    expect(errors).toEqual([])
  })

  test('nobody invites above their own role, nor takes such an invitation back', async () => {
    const { errors } = await inviteRaw(world.admin.client, [address], 'owner')
    expect(errors[0]?.extensions).toMatchObject({ fields: [{ path: 'input.role', reason: 'ROLE_ABOVE_ACTOR' }] })
    const { id } = await invite(world.owner, acme(), address, 'owner')
    const again = await inviteRaw(world.admin.client, [address], 'member')
    expect(again.errors[0]?.extensions).toMatchObject({
      fields: [{ path: 'input.emails.0', reason: 'ROLE_ABOVE_ACTOR' }],
    })
    expect(await world.admin.client.codeOf(revokeMutation, { input: { invitationId: id } })).toBe('FORBIDDEN')
    expect(await world.admin.client.codeOf(resendMutation, { input: { invitationId: id } })).toBe('FORBIDDEN')
    expect(await world.owner.codeOf(revokeMutation, { input: { invitationId: id } })).toBe('OK')
  })

  test('fifty at the same moment make one invitation', async () => {
    await Promise.all(Array.from({ length: 50 }, () => inviteRaw(world.owner, [address])))
    expect(await rows('invitations', address)).toHaveLength(1)
  })

  test('works with an access token, and its maker answers for it', async () => {
    const { token } = await invite(world.ownerToken, acme(), address, 'admin')
    expect((await accept(app.nobody(), token, { password })).role.key).toBe('admin')
  })

  test('offers the roles that the actor may give', async () => {
    const query = '{ organization(slug: "acme") { invitableRoles { key } } }'
    const keys = async (by: GraphqlClient) =>
      (await by.run<{ organization: { invitableRoles: { key: string }[] } }>(query)).organization.invitableRoles.map(
        ({ key }) => key,
      )
    expect(await keys(world.owner)).toEqual(['owner', 'admin', 'member'])
    expect(await keys(world.admin.client)).toEqual(['admin', 'member'])
    expect(await keys(world.member.client)).toEqual([])
  })
})

describe('the link', () => {
  test('shows what it is to, to whoever has it, and nothing of accounts', async () => {
    const stranger = await invite(world.owner, acme(), address)
    const known = await invite(world.owner, acme(), 'otto@globex.example', 'admin')
    const preview = async ({ token }: { token: string }) =>
      (await app.nobody().run<{ invitation: Record<string, unknown> }>(previewQuery, { token })).invitation
    const toStranger = await preview(stranger)
    expect(toStranger).toMatchObject({
      email: address,
      organizationName: 'Acme',
      role: { key: 'member' },
      invitedBy: 'Olive Owner',
      passwordAllowed: true,
      viewerIsInvited: false,
      entrances: [{ connectionName: 'SAML 2.0' }],
    })
    const { email: _, role: __, entrances: ___, ...rest } = toStranger
    expect(await preview(known)).toMatchObject(rest)
  })

  test('works once', async () => {
    const { token } = await invite(world.owner, acme(), address)
    await accept(app.nobody(), token, { password })
    expect(await acceptCode(app.nobody(), token, password)).toBe('NOT_FOUND')
    expect(await app.nobody().codeOf(previewQuery, { token })).toBe('NOT_FOUND')
  })

  test('fifty who accept at the same moment make one member', async () => {
    const { token } = await invite(world.owner, acme(), address)
    const codes = await Promise.all(Array.from({ length: 50 }, () => acceptCode(app.nobody(), token, password)))
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code.startsWith('INTERNAL'))).toEqual([])
  })

  test('is worth nothing once revoked, or sent again', async () => {
    const { id, token } = await invite(world.owner, acme(), address)
    const renewed = await resend(world.owner, id)
    expect(renewed.id).toBe(id)
    expect(await acceptCode(app.nobody(), token, password)).toBe('NOT_FOUND')
    await world.owner.run(revokeMutation, { input: { invitationId: id } })
    expect(await acceptCode(app.nobody(), renewed.token, password)).toBe('NOT_FOUND')
    expect(await world.owner.codeOf(revokeMutation, { input: { invitationId: id } })).toBe('NOT_FOUND')
    expect((await lastEvents()).slice(0, 3)).toEqual(['invitation.revoked', 'invitation.resent', 'invitation.created'])
  })
})

describe('accepting', () => {
  test('signed out, without an account: makes one and signs it in', async () => {
    const { token } = await invite(world.owner, acme(), address, 'admin')
    const client = app.nobody()
    expect(await accept(client, token, { name: ' Grace Guest ', password })).toMatchObject({
      role: { key: 'admin' },
      roleSource: 'INVITATION',
      joinMethod: 'INVITATION',
      user: { email: address, name: 'Grace Guest' },
      organization: { slug: 'acme', viewerRole: { key: 'admin' } },
    })
    expect(await roleIn(client)).toBe('admin')
    expect(await lastEvents()).toEqual(expect.arrayContaining(['invitation.accepted', 'membership.created']))
  })

  test.each([
    [undefined, 'REQUIRED'],
    ['short', 'TOO_SHORT'],
  ])('without a good password (%s) nothing happens', async (wrong, reason) => {
    const { token } = await invite(world.owner, acme(), address)
    const { errors } = await app
      .nobody()
      .send('mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { membership { id } } }', {
        input: { token, password: wrong },
      })
    expect(errors[0]?.extensions).toMatchObject({ fields: [{ path: 'input.password', reason }] })
    expect(await rows('users', address)).toEqual([])
    expect(await acceptCode(app.nobody(), token, password)).toBe('OK')
  })

  test('signed out, with an account: its password, and no other, in any case of the address', async () => {
    const first = await invite(world.owner, acme(), address)
    await accept(app.nobody(), first.token, { password })
    const toGlobex = await invite(world.outsider, world.otherOrganization.id, address.toUpperCase(), 'admin')
    expect(await acceptCode(app.nobody(), toGlobex.token, 'another password')).toBe('BAD_USER_INPUT')
    const client = app.nobody()
    expect(await accept(client, toGlobex.token, { password })).toMatchObject({
      role: { key: 'admin' },
      organization: { slug: 'globex' },
    })
    expect(await roleIn(client)).toBe('member')
    expect(await rows('users', address)).toHaveLength(1)
  })

  test('a new password never replaces that of an account, nor gives one to an account without', async () => {
    const { token } = await invite(world.outsider, world.otherOrganization.id, maryEmail)
    expect(await acceptCode(app.nobody(), token, password)).toBe('BAD_USER_INPUT')
    const [row] = await rows('users', maryEmail)
    expect(row?.['password_hash']).toBeNull()
  })

  test('signed in as the invited address, without a password', async () => {
    const first = await invite(world.owner, acme(), address)
    const client = app.nobody()
    await accept(client, first.token, { password })
    const { token } = await invite(world.outsider, world.otherOrganization.id, address)
    const { invitation } = await client.run<{ invitation: { viewerIsInvited: boolean } }>(previewQuery, { token })
    expect(invitation.viewerIsInvited).toBe(true)
    expect((await accept(client, token)).organization).toMatchObject({ slug: 'globex', viewerRole: { key: 'member' } })
  })

  test('signed in as somebody else is refused, and the invitation stays', async () => {
    const { token } = await invite(world.owner, acme(), address)
    expect(await acceptCode(world.outsider, token, password)).toBe('CONFLICT INVITATION_FOR_SOMEBODY_ELSE')
    expect(await acceptCode(app.nobody(), token, password)).toBe('OK')
  })

  test('no access token and no recovery code accepts anything', async () => {
    const { token } = await invite(world.owner, acme(), address)
    expect(await acceptCode(world.ownerToken, token)).toBe('UNAUTHENTICATED')
    const [code = ''] = await makeRecoveryCodes(world.owner, acme())
    expect(await acceptCode(await recover(app, code), token)).toBe('FORBIDDEN')
  })

  test('through another organization’s single sign-on gives a membership that its session does not enter', async () => {
    const guest = await joinBySso(app, world.otherIdp, world.otherConnection, { subject: address, email: address })
    const { token } = await invite(world.owner, acme(), address, 'admin')
    expect((await accept(guest.client, token)).organization.viewerRole).toBeNull()
    expect(await roleIn(guest.client)).toBeNull()
  })

  test('but not where the person would have no way in', async () => {
    const { createOrganization } = await world.owner.run<{ createOrganization: { organization: { id: string } } }>(
      'mutation { createOrganization(input: { name: "No SSO", slug: "no-sso" }) { organization { id } } }',
    )
    const guest = await joinBySso(app, world.otherIdp, world.otherConnection, { subject: address, email: address })
    const { token } = await invite(world.owner, createOrganization.organization.id, address)
    expect(await acceptCode(guest.client, token)).toBe('CONFLICT NO_WAY_IN')
  })

  test('an account is not made in a domain that another organization has proved', async () => {
    await ownDomain(app, world.otherOrganization.id, `taken${number}.example`)
    const { token } = await invite(world.owner, acme(), `eve@taken${number}.example`)
    expect(await acceptCode(app.nobody(), token, password)).toBe('BAD_USER_INPUT')
  })

  test('what the inviter may give no more, nobody gets', async () => {
    const inviter = await joinBySso(app, world.idp, world.connection, {
      subject: `inviter${number}`,
      email: `inviter${number}@acme.example`,
    })
    await changeRole(world.owner, inviter.membershipId, 'admin')
    const { token } = await invite(inviter.client, acme(), address, 'admin')
    await changeRole(world.owner, inviter.membershipId, 'member')
    expect(await acceptCode(app.nobody(), token, password)).toBe('NOT_FOUND')
    expect((await openInvitations()).find(({ email }) => email === address)?.problem).toContain(
      'may not give this role',
    )
    await changeRole(world.owner, inviter.membershipId, 'admin')
    expect(await acceptCode(app.nobody(), token, password)).toBe('OK')
  })

  test('a removed member comes back neither by an invitation nor do those whom they invited come in', async () => {
    const inviter = await joinBySso(app, world.idp, world.connection, {
      subject: `gone${number}`,
      email: `gone${number}@acme.example`,
    })
    await changeRole(world.owner, inviter.membershipId, 'admin')
    const { token } = await invite(inviter.client, acme(), address)
    await world.owner.run(
      'mutation($input: RemoveMemberInput!) { removeMember(input: $input) { removedMembershipId } }',
      {
        input: { membershipId: inviter.membershipId },
      },
    )
    expect(await acceptCode(app.nobody(), token, password)).toBe('NOT_FOUND')
    expect((await openInvitations()).map(({ email }) => email)).not.toContain(address)
  })
})

describe('an invitation to a custom role', () => {
  const createRole = async (key: string, permissions: string[]): Promise<string> => {
    const { createRole } = await world.owner.run<{ createRole: { role: { id: string } } }>(
      'mutation($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }',
      { input: { organizationId: acme(), name: key, key, permissions } },
    )
    return createRole.role.id
  }
  const deleteMutation = 'mutation($input: DeleteRoleInput!) { deleteRole(input: $input) { deletedRoleId } }'

  test('gives it', async () => {
    await createRole('support', ['organization:read', 'member:read', 'member:invite'])
    const { token } = await invite(world.owner, acme(), address, 'support')
    const client = app.nobody()
    expect((await accept(client, token, { password })).role.key).toBe('support')
    const { errors } = await inviteRaw(client, [`x${address}`], 'admin')
    expect(errors[0]?.extensions).toMatchObject({ fields: [{ path: 'input.role', reason: 'ROLE_ABOVE_ACTOR' }] })
    expect((await inviteRaw(client, [`x${address}`], 'support')).errors).toEqual([])
  })

  test('gives another one when the role is deleted meanwhile', async () => {
    const roleId = await createRole('doomed', ['organization:read', 'member:read', 'sso:read'])
    const { token } = await invite(world.owner, acme(), address, 'doomed')
    expect(await world.owner.codeOf(deleteMutation, { input: { roleId } })).toBe('CONFLICT ROLE_IN_USE')
    await world.owner.run(deleteMutation, { input: { roleId, reassignTo: 'member' } })
    expect((await accept(app.nobody(), token, { password })).role.key).toBe('member')
  })

  test('whoever holds a role for a time invites to nothing that lasts longer', async () => {
    const inviter = await joinBySso(app, world.idp, world.connection, {
      subject: `timed${number}`,
      email: `timed${number}@acme.example`,
    })
    const expiresAt = new Date(clock.now().getTime() + hours(1)).toISOString()
    await world.owner.run(
      'mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id } } }',
      { input: { membershipId: inviter.membershipId, role: 'admin', expiresAt } },
    )
    const { errors } = await inviteRaw(inviter.client, [address], 'admin')
    expect(errors[0]?.extensions).toMatchObject({ fields: [{ path: 'input.role', reason: 'ROLE_OUTLASTS_ACTOR' }] })
    expect((await inviteRaw(inviter.client, [address], 'member')).errors).toEqual([])
  })
})

describe('an invitation and single sign-on', () => {
  const sso = (email: string) => signIn(app, world.idp, world.connection, { subject: email, email })

  test('to the role that single sign-on gives anyway is used up by it', async () => {
    const { token } = await invite(world.owner, acme(), address)
    const { client } = await sso(address)
    expect(await roleIn(client)).toBe('member')
    expect(await app.nobody().codeOf(previewQuery, { token })).toBe('NOT_FOUND')
  })

  test('to a higher one waits for its link, since the identity provider says who it is and not who is an admin', async () => {
    const { token } = await invite(world.owner, acme(), address, 'admin')
    const { client } = await sso(address)
    expect(await roleIn(client)).toBe('member')
    expect(await accept(client, token)).toMatchObject({ role: { key: 'admin' }, roleSource: 'INVITATION' })
    expect(await roleIn((await sso(address)).client)).toBe('admin')
  })

  test('never overwrites a role that somebody chose', async () => {
    const { token } = await invite(world.owner, acme(), address, 'admin')
    const guest = await joinBySso(app, world.idp, world.connection, { subject: address, email: address })
    await changeRole(world.owner, guest.membershipId, 'admin')
    await changeRole(world.owner, guest.membershipId, 'member')
    expect((await accept(guest.client, token)).role.key).toBe('member')
  })

  test('does not let a suspended member in', async () => {
    const { token } = await invite(world.owner, acme(), address, 'admin')
    const guest = await joinBySso(app, world.idp, world.connection, { subject: address, email: address })
    const first = await invite(world.outsider, world.otherOrganization.id, `x${address}`)
    expect(first.token).not.toBe(token)
    await world.owner.run(
      'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
      { input: { membershipId: guest.membershipId, suspended: true } },
    )
    expect(await acceptCode(app.nobody(), token, password)).toBe('BAD_USER_INPUT')
    expect(await acceptCode(guest.client, token)).toBe('BAD_USER_INPUT')
  })

  test('while it is required, only a session through it accepts', async () => {
    const other = await createWorldThatEnforces()
    const { token } = await invite(other.admin, other.organizationId, address, 'admin')
    const { invitation } = await app.nobody().run<{ invitation: Record<string, unknown> }>(previewQuery, { token })
    expect(invitation).toMatchObject({ passwordAllowed: false, entrances: [{ connectionName: 'SAML 2.0' }] })
    expect(await acceptCode(app.nobody(), token, password)).toBe('UNAUTHENTICATED SSO_REQUIRED')
    expect(await rows('users', address)).toEqual([])
    const { client } = await signIn(app, world.idp, world.connection, { subject: address, email: address })
    expect((await accept(client, token)).role.key).toBe('admin')
  })

  /** The world's organization with enforcement on, and Adam as the owner who comes in through it. */
  async function createWorldThatEnforces() {
    await changeRole(world.owner, world.admin.membershipId, 'owner')
    await makeRecoveryCodes(world.owner, acme())
    const { client } = await signIn(app, world.idp, world.connection, world.admin)
    await enforce(client, acme())
    clock.advance(minutes(1))
    const again = await signIn(app, world.idp, world.connection, world.admin)
    return { admin: again.client, organizationId: acme() }
  }
})

test('a wrong token is no faster way than any other, and is counted', async () => {
  const limited = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
  const codes: string[] = []
  for (let i = 0; i < 61; i++) codes.push(await limited.nobody().codeOf(previewQuery, { token: `wrong${i}` }))
  expect(codes.slice(0, 60)).toEqual(Array(60).fill('NOT_FOUND'))
  expect(codes[60]).toBe('RATE_LIMITED')
  await limited.close()
})

test('inviting is limited for each actor', async () => {
  const limited = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
  const { owner, organization } = await createWorld(limited)
  const codes: string[] = []
  for (let i = 0; i < 31; i++) {
    const input = { organizationId: organization.id, emails: [`a${i}@elsewhere.example`], role: 'member' }
    codes.push(await owner.codeOf(inviteMutation, { input }))
  }
  expect(codes.slice(0, 30)).toEqual(Array(30).fill('OK'))
  expect(codes[30]).toBe('RATE_LIMITED')
  await limited.close()
})

test('a link holds for 48 hours, and its invitation is shown as expired for a month', async () => {
  const later = createTestClock()
  const own = await startTestApp({ clock: later })
  const { owner, organization } = await completeSetup(own)
  const { token } = await invite(owner, organization.id, address)
  later.advance(hours(48) - 1)
  expect(await own.nobody().codeOf(previewQuery, { token })).toBe('OK')
  later.advance(1)
  expect(await own.nobody().codeOf(previewQuery, { token })).toBe('NOT_FOUND')
  expect(await acceptCode(own.nobody(), token, password)).toBe('NOT_FOUND')
  const again = await signInByPassword(own)
  const query = '{ organization(slug: "acme") { invitations(first: 1) { nodes { id expired problem } } } }'
  const listed = () =>
    again.run<{ organization: { invitations: { nodes: { id: string; expired: boolean }[] } } }>(query)
  const [shown] = (await listed()).organization.invitations.nodes
  expect(shown).toMatchObject({ expired: true, problem: 'The link has expired. Send the invitation again.' })
  const renewed = await resend(again, shown?.id ?? '')
  expect(await own.nobody().codeOf(previewQuery, { token: renewed.token })).toBe('OK')
  later.advance(days(33))
  await own.runJobs()
  const rest = await own.db.execute('select 1 from invitations')
  expect([...rest]).toEqual([])
  await own.close()
})
