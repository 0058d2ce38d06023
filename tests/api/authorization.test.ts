import { readFileSync } from 'node:fs'
import { buildSchema, getNamedType, isInputObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { type DnsServer, startDnsServer } from '../testkit/dns-server.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { invite } from '../testkit/invitation.ts'
import { connectOidc, connectOkta } from '../testkit/oidc-scenario.ts'
import { OpenIdProvider } from '../testkit/openid-provider.ts'
import { createAccessToken, createWorld, joinBySso, ownerPassword, signIn, type World } from '../testkit/scenario.ts'

let app: TestApp
let dns: DnsServer
let world: World
let openId: OpenIdProvider
beforeAll(async () => {
  dns = await startDnsServer()
  app = await startTestApp({ environment: { DNS_SERVERS: dns.address, ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  openId = await OpenIdProvider.start()
  world = await createWorld(app)
})
afterAll(async () => {
  await app.close()
  await openId.close()
  await dns.close()
})

const actors = ['owner', 'admin', 'member', 'ownerToken', 'memberToken', 'outsider', 'nobody'] as const
type Actor = (typeof actors)[number]

function clientOf(actor: Actor): GraphqlClient {
  if (actor === 'nobody') return app.nobody()
  const one = world[actor]
  return 'client' in one ? one.client : one
}

/** Somebody with a session of their own, for what ends it. */
async function freshClientOf(actor: Actor): Promise<GraphqlClient> {
  if (actor === 'owner') {
    const client = app.nobody()
    await client.run('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
      input: { email: 'owner@acme.example', password: ownerPassword },
    })
    return client
  }
  if (actor === 'admin' || actor === 'member')
    return (await signIn(app, world.idp, world.connection, world[actor])).client
  if (actor === 'outsider')
    return (await signIn(app, world.otherIdp, world.otherConnection, world.outsiderMember)).client
  return clientOf(actor)
}

let number = 0
const unique = (): string => `x${++number}`

// Things of the first organization, made anew for each call so that no call finds the leavings of another.
const organizationId = () => world.organization.id
const freshMember = async () => {
  const name = unique()
  return (await joinBySso(app, world.idp, world.connection, { subject: name, email: `${name}@acme.example` }))
    .membershipId
}
const freshConnection = async () => {
  const { createSamlConnection } = await world.owner.run<{ createSamlConnection: { connection: { id: string } } }>(
    'mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { id } } }',
    { input: { organizationId: organizationId(), name: unique() } },
  )
  return createSamlConnection.connection.id
}
const freshOkta = async () => (await connectOkta(world.owner, organizationId(), openId)).id
const freshOidc = async () => (await connectOidc(world.owner, organizationId(), openId)).id
const credentials = () => ({ clientId: openId.clientId, clientSecret: openId.clientSecret })
const freshSpKey = async () => {
  const { rotateSpKey } = await world.owner.run<{
    rotateSpKey: { connection: { spCertificates: { id: string }[] } }
  }>(
    'mutation($input: RotateSpKeyInput!) { rotateSpKey(input: $input) { connection { spCertificates { id } } } }',
    // Of a connection that signs nothing: such a key may go.
    { input: { connectionId: await freshConnection(), use: 'SIGNING' } },
  )
  return rotateSpKey.connection.spCertificates[0]?.id ?? ''
}
const freshDomain = async () => {
  const { addDomain } = await world.owner.run<{ addDomain: { domain: { id: string } } }>(
    'mutation($input: AddDomainInput!) { addDomain(input: $input) { domain { id } } }',
    { input: { organizationId: organizationId(), name: `${unique()}.example` } },
  )
  return addDomain.domain.id
}
const freshInvitation = async () => (await invite(world.owner, organizationId(), `${unique()}@guest.example`)).id
const freshRole = async () => {
  const { createRole } = await world.owner.run<{ createRole: { role: { id: string } } }>(
    'mutation($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }',
    { input: { organizationId: organizationId(), name: unique(), permissions: [] } },
  )
  return createRole.role.id
}
const freshToken = async () => (await createAccessToken(world.owner, organizationId(), 'member')).id

type Call = { query: string; variables?: Record<string, unknown> }
type Row = { call: () => Call | Promise<Call>; answers: Record<Actor, string>; freshSession?: true }

const answers = (
  owner: string,
  admin: string,
  member: string,
  ownerToken: string,
  memberToken: string,
  outsider: string,
  nobody: string,
): Record<Actor, string> => ({ owner, admin, member, ownerToken, memberToken, outsider, nobody })

const ok = 'OK'
const no = 'FORBIDDEN'
const hidden = 'NOT_FOUND'
const who = 'UNAUTHENTICATED'

const everybody = (answer: string) => answers(answer, answer, answer, answer, answer, answer, answer)
const anyMember = answers(ok, ok, ok, ok, ok, hidden, who)
const managers = answers(ok, ok, no, ok, no, hidden, who)
const owners = answers(ok, no, no, ok, no, hidden, who)

const mutation =
  (field: string, inputType: string, selection: string, input: () => object | Promise<object>): (() => Promise<Call>) =>
  async () => ({
    query: `mutation($input: ${inputType}!) { ${field}(input: $input) { ${selection} } }`,
    variables: { input: await input() },
  })

const node = (id: () => string | Promise<string>) => async (): Promise<Call> => ({
  query: 'query($id: ID!) { node(id: $id) { id } }',
  variables: { id: await id() },
})
const ofOrganization = (selection: string) => (): Call => ({
  query: `{ organization(slug: "acme") { id ${selection} } }`,
})
const first = async (selection: string): Promise<string> => {
  const { organization } = await world.owner.run<{ organization: Record<string, { nodes: { id: string }[] }> }>(
    `{ organization(slug: "acme") { list: ${selection} } }`,
  )
  return organization['list']?.nodes[0]?.id ?? ''
}
const attemptId = async (): Promise<string> => {
  const { node: connection } = await world.owner.run<{ node: { signInAttempts: { nodes: { id: string }[] } } }>(
    'query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes { id } } } } }',
    { id: world.connection.id },
  )
  return connection.signInAttempts.nodes[0]?.id ?? ''
}
const testId = async (): Promise<string> => {
  const { startTestSignIn } = await world.owner.run<{ startTestSignIn: { test: { id: string } } }>(
    'mutation($input: StartTestSignInInput!) { startTestSignIn(input: $input) { test { id } } }',
    { input: { connectionId: world.connection.id } },
  )
  return startTestSignIn.test.id
}
const userId = async (): Promise<string> => {
  const { viewer } = await world.member.client.run<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }')
  return viewer.user.id
}

// An organization that one is not in is null: its address is not an id, and may be anybody's.
const inOrganization = (granted: Record<Actor, string>) => ({ ...granted, outsider: 'null' })

/** Who gets what: every field of Query and Mutation, and what hangs below an organization and below node. */
const table: Record<string, Row> = {
  'Query.rateLimit': { call: () => ({ query: '{ rateLimit { limit } }' }), answers: everybody(ok) },
  'Query.setupRequired': { call: () => ({ query: '{ setupRequired }' }), answers: everybody(ok) },
  'Query.signInOptions': {
    call: () => ({ query: '{ signInOptions(input: { email: "ada@example.com" }) { passwordAllowed } }' }),
    answers: everybody(ok),
  },
  'Query.pendingSsoLink': {
    call: () => ({ query: '{ pendingSsoLink(token: "unknown") { email } }' }),
    answers: everybody(hidden),
  },
  'Query.viewer': {
    call: () => ({ query: '{ viewer { user { id } accessToken { id } } }' }),
    answers: { ...everybody(ok), nobody: who },
  },
  'Query.viewer organizationsNeedingSso': {
    call: () => ({ query: '{ viewer { organizationsNeedingSso { id } signedInThrough } }' }),
    answers: { ...everybody(ok), nobody: who },
  },
  'Query.viewer sessions': {
    call: () => ({ query: '{ viewer { sessions { id } } }' }),
    answers: answers(ok, ok, ok, who, who, ok, who),
  },
  'Query.organization foreseeSessionPolicy': {
    call: ofOrganization('foreseeSessionPolicy(idleMinutes: 60) { endingSessions }'),
    answers: inOrganization(owners),
  },
  'Query.organization sessionPolicy': {
    call: ofOrganization('sessionPolicy { idleMinutes }'),
    answers: inOrganization(managers),
  },
  'Query.organization': { call: ofOrganization(''), answers: inOrganization(anyMember) },
  'Query.organization memberships': {
    call: ofOrganization('memberships(first: 1) { nodes { id } }'),
    answers: inOrganization(anyMember),
  },
  'Query.organization ssoConnections': {
    call: ofOrganization('ssoConnections { id }'),
    answers: inOrganization(managers),
  },
  'Query.organization domains': { call: ofOrganization('domains { id }'), answers: inOrganization(managers) },
  'Query.invitation': {
    call: () => ({ query: '{ invitation(token: "unknown") { email } }' }),
    answers: everybody(hidden),
  },
  'Query.organization invitations': {
    call: ofOrganization('invitations(first: 1) { nodes { id } }'),
    answers: inOrganization(managers),
  },
  'Query.organization invitableRoles': {
    call: ofOrganization('invitableRoles { id }'),
    answers: inOrganization(anyMember),
  },
  'Query.node Invitation': { call: node(freshInvitation), answers: managers },
  'Query.organization accessTokens': {
    call: ofOrganization('accessTokens(first: 1) { nodes { id } }'),
    answers: inOrganization(managers),
  },
  'Query.organization auditEvents': {
    call: ofOrganization('auditEvents(first: 1) { nodes { id } }'),
    answers: inOrganization(managers),
  },
  'Query.node Organization': { call: node(organizationId), answers: anyMember },
  'Query.node Membership': { call: node(() => world.member.membershipId), answers: anyMember },
  'Query.node User': { call: node(userId), answers: anyMember },
  'Query.node SamlConnection': { call: node(() => world.connection.id), answers: managers },
  'Query.node OktaConnection': { call: node(freshOkta), answers: managers },
  'Query.node OidcConnection': { call: node(freshOidc), answers: managers },
  'Query.node Domain': { call: node(freshDomain), answers: managers },
  'Query.node SamlConnection metadataRefresh': {
    call: async () => ({
      query: 'query($id: ID!) { node(id: $id) { ... on SamlConnection { metadataRefresh { dueAt } } } }',
      variables: { id: await freshConnection() },
    }),
    answers: managers,
  },
  'Query.node SignInAttempt': { call: node(attemptId), answers: managers },
  'Query.node SsoTest': { call: node(testId), answers: managers },
  'Query.node AccessToken': { call: node(freshToken), answers: managers },
  'Query.node AuditEvent': { call: node(() => first('auditEvents(first: 1) { nodes { id } }')), answers: managers },
  'Query.node Role': { call: node(() => 'rol_owner'), answers: { ...everybody(ok), nobody: who } },
  'Query.node custom Role': { call: node(freshRole), answers: anyMember },
  'Query.organization roles': { call: ofOrganization('roles { id }'), answers: inOrganization(anyMember) },
  'Query.organization permissions': { call: ofOrganization('permissions { key }'), answers: inOrganization(anyMember) },
  'Query.organization roleOverview': {
    call: ofOrganization('roleOverview { memberCount }'),
    answers: inOrganization(anyMember),
  },
  'Query.simulateSignIn': {
    call: () => ({
      query: 'query($input: SimulateSignInInput!) { simulateSignIn(input: $input) { account } }',
      variables: { input: { organizationId: organizationId(), email: 'somebody@acme.example' } },
    }),
    answers: owners,
  },
  'Query.explainAccess': {
    call: () => ({
      query: 'query($id: ID!) { explainAccess(membershipId: $id, permission: "member:read") { allowed } }',
      variables: { id: world.member.membershipId },
    }),
    answers: anyMember,
  },
  'Mutation.takeOverAccessToken': {
    call: mutation('takeOverAccessToken', 'TakeOverAccessTokenInput', 'accessToken { id }', async () => ({
      accessTokenId: await freshToken(),
    })),
    answers: answers(ok, ok, no, no, no, hidden, who),
  },
  'Mutation.setRoleMappings': {
    call: mutation('setRoleMappings', 'SetRoleMappingsInput', 'connection { id }', async () => ({
      connectionId: await freshConnection(),
      mappings: [{ attribute: 'groups', value: 'all', role: 'member' }],
    })),
    answers: owners,
  },
  'Mutation.setSsoSetupProgress': {
    call: mutation('setSsoSetupProgress', 'SetSsoSetupProgressInput', 'connection { id }', async () => ({
      connectionId: await freshConnection(),
      guide: 'microsoft-entra',
      doneSteps: [],
    })),
    answers: owners,
  },
  'Mutation.createSetupLink': {
    call: mutation('createSetupLink', 'CreateSetupLinkInput', 'connection { id }', async () => ({
      connectionId: await freshConnection(),
    })),
    answers: owners,
  },
  'Mutation.revokeSetupLink': {
    call: mutation('revokeSetupLink', 'RevokeSetupLinkInput', 'connection { id }', async () => ({
      connectionId: await freshConnection(),
    })),
    answers: owners,
  },
  'Query.node SsoConnection setupLink': {
    call: () => ({
      query: 'query($id: ID!) { node(id: $id) { ... on SsoConnection { setupLink { createdBy } } } }',
      variables: { id: world.connection.id },
    }),
    answers: managers,
  },
  'Query.connectionSetup': {
    call: () => ({ query: '{ connectionSetup(token: "unknown") { revision } }' }),
    answers: everybody(hidden),
  },
  'Mutation.saveConnectionSetup': {
    call: mutation('saveConnectionSetup', 'SaveConnectionSetupInput', 'setup { revision }', () => ({
      token: 'unknown',
    })),
    answers: everybody(hidden),
  },
  'Mutation.noteConnectionSetup': {
    call: mutation('noteConnectionSetup', 'NoteConnectionSetupInput', 'setup { revision }', () => ({
      token: 'unknown',
      guide: 'microsoft-entra',
      doneSteps: [],
    })),
    answers: everybody(hidden),
  },
  'Mutation.testConnectionSetup': {
    call: mutation('testConnectionSetup', 'TestConnectionSetupInput', 'url', () => ({ token: 'unknown' })),
    answers: everybody(hidden),
  },
  'Query.node SsoConnection setupProgress': {
    call: () => ({
      query: 'query($id: ID!) { node(id: $id) { ... on SsoConnection { setupProgress { guide } } } }',
      variables: { id: world.connection.id },
    }),
    answers: managers,
  },
  'Query.node of nothing': {
    call: node(() => 'mem_00000000000000000000000000'),
    answers: { ...everybody(hidden), nobody: who },
  },
  'Query.node of nonsense': { call: node(() => "'; drop table users"), answers: { ...everybody(hidden), nobody: who } },

  'Mutation.completeSetup': {
    call: mutation('completeSetup', 'CompleteSetupInput', 'user { id }', () => ({
      setupToken: app.setupToken,
      organizationName: 'Again',
      organizationSlug: 'again',
      ownerEmail: 'again@example.com',
      ownerPassword,
    })),
    answers: everybody('CONFLICT SETUP_COMPLETED'),
  },
  'Mutation.signIn': {
    call: mutation('signIn', 'SignInInput', 'user { id }', () => ({ email: 'nobody@example.com', password: 'wrong' })),
    answers: everybody('BAD_USER_INPUT'),
  },
  'Mutation.endSession': {
    call: mutation('endSession', 'EndSessionInput', 'endedSessionId', () => ({ sessionId: 'ses_unknown' })),
    answers: answers(hidden, hidden, hidden, who, who, hidden, who),
  },
  'Mutation.endOtherSessions': {
    call: () => ({ query: 'mutation { endOtherSessions { endedSessionIds } }' }),
    answers: answers(ok, ok, ok, who, who, ok, who),
  },
  'Mutation.endMemberSessions': {
    call: mutation('endMemberSessions', 'EndMemberSessionsInput', 'endedSessions', async () => ({
      membershipId: await freshMember(),
    })),
    answers: managers,
  },
  'Mutation.setSessionPolicy': {
    call: mutation('setSessionPolicy', 'SetSessionPolicyInput', 'organization { id }', () => ({
      organizationId: organizationId(),
    })),
    answers: owners,
  },
  'Mutation.signOut': {
    call: () => ({ query: 'mutation { signOut { redirectUrl } }' }),
    answers: answers(ok, ok, ok, who, who, ok, who),
    freshSession: true,
  },
  'Mutation.linkSsoIdentity': {
    call: mutation('linkSsoIdentity', 'LinkSsoIdentityInput', 'returnPath', () => ({
      token: 'unknown',
      password: 'x',
    })),
    answers: everybody(hidden),
  },
  // A session through single sign-on is good for its own organization, so only the owner with a password may.
  'Mutation.createOrganization': {
    call: mutation('createOrganization', 'CreateOrganizationInput', 'organization { id }', () => ({
      name: 'New',
      slug: unique(),
    })),
    answers: answers(ok, no, no, who, who, no, who),
  },
  'Mutation.inviteMembers': {
    call: mutation('inviteMembers', 'InviteMembersInput', 'invitations { acceptUrl }', () => ({
      organizationId: organizationId(),
      emails: [`${unique()}@guest.example`],
      role: 'member',
    })),
    answers: managers,
  },
  'Mutation.resendInvitation': {
    call: mutation('resendInvitation', 'ResendInvitationInput', 'acceptUrl', async () => ({
      invitationId: await freshInvitation(),
    })),
    answers: managers,
  },
  'Mutation.revokeInvitation': {
    call: mutation('revokeInvitation', 'RevokeInvitationInput', 'revokedInvitationId', async () => ({
      invitationId: await freshInvitation(),
    })),
    answers: managers,
  },
  // Whoever has a link: here nobody has.
  'Mutation.acceptInvitation': {
    call: mutation('acceptInvitation', 'AcceptInvitationInput', 'membership { id }', () => ({ token: 'unknown' })),
    answers: everybody(hidden),
  },
  'Mutation.createSamlConnection': {
    call: mutation('createSamlConnection', 'CreateSamlConnectionInput', 'connection { id }', () => ({
      organizationId: organizationId(),
      name: unique(),
    })),
    answers: owners,
  },
  'Mutation.updateSamlConnection': {
    call: mutation('updateSamlConnection', 'UpdateSamlConnectionInput', 'connection { id }', async () => ({
      connectionId: await freshConnection(),
      name: unique(),
    })),
    answers: owners,
  },
  'Mutation.setSsoConnectionEnabled': {
    call: mutation('setSsoConnectionEnabled', 'SetSsoConnectionEnabledInput', 'connection { id }', async () => ({
      connectionId: await freshConnection(),
      enabled: false,
    })),
    answers: owners,
  },
  'Mutation.reserveSsoConnection': {
    call: mutation('reserveSsoConnection', 'ReserveSsoConnectionInput', 'loginUrl', () => ({
      organizationId: organizationId(),
    })),
    answers: owners,
  },
  'Mutation.createOktaConnection': {
    call: mutation('createOktaConnection', 'CreateOktaConnectionInput', 'connection { id }', () => ({
      organizationId: organizationId(),
      oktaDomain: openId.issuer,
      ...credentials(),
    })),
    answers: owners,
  },
  'Mutation.updateOktaConnection': {
    call: mutation('updateOktaConnection', 'UpdateOktaConnectionInput', 'connection { id }', async () => ({
      connectionId: await freshOkta(),
      name: unique(),
    })),
    answers: owners,
  },
  'Mutation.createOidcConnection': {
    call: mutation('createOidcConnection', 'CreateOidcConnectionInput', 'connection { id }', () => ({
      organizationId: organizationId(),
      issuer: openId.issuer,
      ...credentials(),
    })),
    answers: owners,
  },
  'Mutation.updateOidcConnection': {
    call: mutation('updateOidcConnection', 'UpdateOidcConnectionInput', 'connection { id }', async () => ({
      connectionId: await freshOidc(),
      name: unique(),
    })),
    answers: owners,
  },
  'Mutation.startTestSignIn': {
    call: mutation('startTestSignIn', 'StartTestSignInInput', 'test { id } url', () => ({
      connectionId: world.connection.id,
    })),
    answers: owners,
  },
  'Mutation.deleteSsoConnection': {
    call: mutation('deleteSsoConnection', 'DeleteSsoConnectionInput', 'deletedConnectionId', async () => ({
      connectionId: await freshConnection(),
    })),
    answers: owners,
  },
  'Mutation.inspectIdpCertificates': {
    call: mutation('inspectIdpCertificates', 'InspectIdpCertificatesInput', 'certificates { subject }', () => ({
      organizationId: organizationId(),
      certificates: [world.idp.certificate],
    })),
    answers: owners,
  },
  'Mutation.inspectIdpMetadata': {
    call: mutation('inspectIdpMetadata', 'InspectIdpMetadataInput', 'idpEntityId', () => ({
      organizationId: organizationId(),
      xml: world.idp.metadata(),
    })),
    answers: owners,
  },
  'Mutation.diagnose': {
    call: mutation('diagnose', 'DiagnoseInput', 'kind', () => ({
      organizationId: organizationId(),
      connectionId: world.connection.id,
      text: 'AADSTS50105',
    })),
    answers: owners,
  },
  // A connection without an address for its metadata: who may, is told so.
  'Mutation.refreshIdpMetadata': {
    call: mutation('refreshIdpMetadata', 'RefreshIdpMetadataInput', 'connection { id }', async () => ({
      connectionId: await freshConnection(),
    })),
    answers: answers('BAD_USER_INPUT', no, no, 'BAD_USER_INPUT', no, hidden, who),
  },
  'Mutation.trustStagedCertificates': {
    call: mutation('trustStagedCertificates', 'TrustStagedCertificatesInput', 'connection { id }', async () => ({
      connectionId: await freshConnection(),
      fingerprintsSha256: ['00'],
    })),
    answers: answers('BAD_USER_INPUT', no, no, 'BAD_USER_INPUT', no, hidden, who),
  },
  'Mutation.changeMemberRole': {
    call: mutation('changeMemberRole', 'ChangeMemberRoleInput', 'membership { id }', async () => ({
      membershipId: await freshMember(),
      role: 'admin',
    })),
    answers: managers,
  },
  'Mutation.createRole': {
    call: mutation('createRole', 'CreateRoleInput', 'role { id }', () => ({
      organizationId: organizationId(),
      name: unique(),
      permissions: ['member:read'],
    })),
    answers: owners,
  },
  'Mutation.updateRole': {
    call: mutation('updateRole', 'UpdateRoleInput', 'role { id }', async () => ({
      roleId: await freshRole(),
      name: unique(),
    })),
    answers: owners,
  },
  'Mutation.deleteRole': {
    call: mutation('deleteRole', 'DeleteRoleInput', 'deletedRoleId', async () => ({ roleId: await freshRole() })),
    answers: owners,
  },
  'Mutation.setMemberSuspended': {
    call: mutation('setMemberSuspended', 'SetMemberSuspendedInput', 'membership { id }', async () => ({
      membershipId: await freshMember(),
      suspended: true,
    })),
    answers: managers,
  },
  'Mutation.removeMember': {
    call: mutation('removeMember', 'RemoveMemberInput', 'removedMembershipId', async () => ({
      membershipId: await freshMember(),
    })),
    answers: managers,
  },
  // A leaked token must not make itself a successor.
  'Mutation.createAccessToken': {
    call: mutation('createAccessToken', 'CreateAccessTokenInput', 'secret', () => ({
      organizationId: organizationId(),
      name: unique(),
      role: 'member',
    })),
    answers: answers(ok, ok, no, no, no, hidden, who),
  },
  'Mutation.revokeAccessToken': {
    call: mutation('revokeAccessToken', 'RevokeAccessTokenInput', 'revokedAccessTokenId', async () => ({
      accessTokenId: await freshToken(),
    })),
    answers: managers,
  },
  'Mutation.rotateSpKey': {
    call: mutation('rotateSpKey', 'RotateSpKeyInput', 'connection { id spCertificates { id } }', async () => ({
      connectionId: await freshConnection(),
      use: 'ENCRYPTION',
    })),
    answers: owners,
  },
  'Mutation.deleteSpKey': {
    call: mutation('deleteSpKey', 'DeleteSpKeyInput', 'connection { id }', async () => ({ keyId: await freshSpKey() })),
    answers: owners,
  },
  'Mutation.addDomain': {
    call: mutation('addDomain', 'AddDomainInput', 'domain { id }', () => ({
      organizationId: organizationId(),
      name: `${unique()}.example`,
    })),
    answers: owners,
  },
  'Mutation.verifyDomain': {
    call: mutation('verifyDomain', 'VerifyDomainInput', 'domain { id }', async () => ({
      domainId: await freshDomain(),
    })),
    answers: owners,
  },
  'Mutation.removeDomain': {
    call: mutation('removeDomain', 'RemoveDomainInput', 'removedDomainId', async () => ({
      domainId: await freshDomain(),
    })),
    answers: owners,
  },
  // It shows members and tokens too.
  'Query.organization ssoEnforcementPreview': {
    call: ofOrganization('ssoEnforcementPreview { memberCount }'),
    answers: inOrganization(managers),
  },
  'Query.organization ssoPolicy': {
    call: ofOrganization('ssoPolicy { enforced }'),
    answers: inOrganization(anyMember),
  },
  'Query.organization recoveryCodes': {
    call: ofOrganization('recoveryCodes { unused }'),
    answers: inOrganization(anyMember),
  },
  'Query.organization recoveryCodeUses': {
    call: ofOrganization('recoveryCodeUses { at }'),
    answers: inOrganization(managers),
  },
  // Off, which it is: what switching it on does is in enforcement.test.ts.
  'Mutation.setSsoEnforcement': {
    call: mutation('setSsoEnforcement', 'SetSsoEnforcementInput', 'organization { id }', () => ({
      organizationId: organizationId(),
      enforced: false,
    })),
    answers: owners,
  },
  'Mutation.createRecoveryCodes': {
    call: mutation('createRecoveryCodes', 'CreateRecoveryCodesInput', 'codes', () => ({
      organizationId: organizationId(),
    })),
    answers: answers(ok, no, no, who, no, hidden, who),
  },
  'Mutation.useRecoveryCode': {
    call: mutation('useRecoveryCode', 'UseRecoveryCodeInput', 'expiresAt', () => ({ code: 'unknown' })),
    answers: everybody('BAD_USER_INPUT'),
  },
  // The last row: who may leave is gone afterwards.
  'Mutation.leaveOrganization': {
    call: mutation('leaveOrganization', 'LeaveOrganizationInput', 'leftOrganizationId', () => ({
      organizationId: organizationId(),
    })),
    answers: answers('CONFLICT LAST_OWNER', ok, ok, who, who, hidden, who),
  },
}

describe('the table of who gets what', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ name: `${type?.name}.${field.name}`, field })),
  )
  const rowsOf = (name: string) => Object.entries(table).filter(([row]) => row === name || row.startsWith(`${name} `))

  test('has a row for every field of Query and Mutation, and for nothing else', () => {
    const rows = new Set(Object.keys(table).map((row) => row.split(' ')[0]))
    expect(rows).toEqual(new Set(roots.map(({ name }) => name)))
  })

  test('hides everything that has an id from the owner of another organization', () => {
    const takesId = roots.filter(({ field }) =>
      field.args.some(({ type }) => {
        const named = getNamedType(type)
        const types = isInputObjectType(named)
          ? Object.values(named.getFields()).map((each) => getNamedType(each.type).name)
          : [named.name]
        return types.includes('ID')
      }),
    )
    expect(takesId.length).toBeGreaterThan(10)
    for (const { name } of takesId) {
      const rows = rowsOf(name).filter(([row]) => row !== 'Query.node Role')
      expect(rows.map(([row, { answers: expected }]) => [row, expected.outsider])).toEqual(
        rows.map(([row]) => [row, hidden]),
      )
    }
  })
})

describe.each(Object.entries(table))('%s', (_field, row) => {
  test.each(actors)('%s', async (actor) => {
    const { query, variables } = await row.call()
    const client = row.freshSession ? await freshClientOf(actor) : clientOf(actor)
    const { data, errors } = await client.send(query, variables)
    const [error] = errors
    const reason = error?.extensions['reason']
    const answer =
      error !== undefined
        ? [error.extensions.code, ...(typeof reason === 'string' ? [reason] : [])].join(' ')
        : data !== null && 'organization' in data && data['organization'] === null
          ? 'null'
          : ok
    expect(answer).toBe(row.answers[actor])
  })
})
