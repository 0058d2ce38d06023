import type { TestApp } from './app.ts'
import { BrowserSession, readAuthnRequest } from './browser-session.ts'
import { GraphqlClient } from './graphql-client.ts'
import { type Answer, IdentityProvider, type Person } from './identity-provider.ts'

export type Organization = { id: string; slug: string }
export type SamlConnection = { id: string; spEntityId: string; loginUrl: string; redirectUrl: string; revision: number }
export type Member = Person & { client: GraphqlClient; browser: BrowserSession; membershipId: string }

export const ownerPassword = 'correct horse battery'

/** The first organization and its owner, made as a script makes them. */
export async function completeSetup(
  app: TestApp,
  slug = 'acme',
): Promise<{ organization: Organization; owner: GraphqlClient }> {
  const owner = app.nobody()
  const { completeSetup } = await owner.run<{ completeSetup: { organization: Organization } }>(
    `mutation($input: CompleteSetupInput!) { completeSetup(input: $input) { organization { id slug } } }`,
    {
      input: {
        setupToken: app.setupToken,
        organizationName: 'Acme',
        organizationSlug: slug,
        ownerEmail: `owner@${slug}.example`,
        ownerName: 'Olive Owner',
        ownerPassword,
      },
    },
  )
  return { organization: completeSetup.organization, owner }
}

const connectionFields = 'id spEntityId loginUrl redirectUrl revision'

/** A SAML connection that trusts the identity provider. */
export async function connect(
  owner: GraphqlClient,
  organizationId: string,
  idp: IdentityProvider,
  settings: Record<string, unknown> = {},
): Promise<SamlConnection> {
  const { createSamlConnection } = await owner.run<{ createSamlConnection: { connection: SamlConnection } }>(
    `mutation($input: CreateSamlConnectionInput!) { createSamlConnection(input: $input) { connection { ${connectionFields} } } }`,
    {
      input: {
        organizationId,
        idpSsoUrl: idp.ssoUrl,
        idpEntityId: idp.entityId,
        idpCertificates: [idp.certificate],
        ...settings,
      },
    },
  )
  return createSamlConnection.connection
}

/** A sign-in that was started: the browser stands before the identity provider. */
export type StartedSignIn = { browser: BrowserSession; requestId: string; connection: SamlConnection }

export async function startSignIn(
  app: TestApp,
  connection: SamlConnection,
  { returnTo, browser = new BrowserSession(app.origin) }: { returnTo?: string; browser?: BrowserSession } = {},
): Promise<StartedSignIn> {
  const login = new URL(connection.loginUrl)
  if (returnTo !== undefined) login.searchParams.set('returnTo', returnTo)
  const response = await browser.get(login.pathname + login.search)
  if (response.status !== 303) throw new Error(`the sign-in did not start: ${response.status} ${await response.text()}`)
  const { id } = await readAuthnRequest(response.headers.get('location') ?? '')
  return { browser, requestId: id, connection }
}

/** The identity provider's answer to a started sign-in, with lies. */
export const answerTo = (app: TestApp, started: StartedSignIn, person: Person, lies: Partial<Answer> = {}): Answer => ({
  acsUrl: started.connection.redirectUrl,
  audience: started.connection.spEntityId,
  now: app.clock.now(),
  inResponseTo: started.requestId,
  person,
  ...lies,
})

/** Where a step led, or the reason on the page that refused. */
export type Step = { location: string } | { refused: string; status: number; page: string; reference: string }

export async function stepOf(response: Response): Promise<Step> {
  if (response.status === 303) return { location: response.headers.get('location') ?? '' }
  const page = await response.text()
  const [, reason = ''] = /Reason: <span class="reference">([A-Z_]+)</.exec(page) ?? []
  const [, reference = ''] = /<p class="reference">([^<]+)</.exec(page) ?? []
  return { refused: reason, status: response.status, page, reference }
}

/** Posts to the ACS, as the identity provider's page makes the browser do. */
export async function post(browser: BrowserSession, connection: SamlConnection, samlResponse: string): Promise<Step> {
  return stepOf(
    await browser.postFromOtherSite(new URL(connection.redirectUrl).pathname, [['SAMLResponse', samlResponse]]),
  )
}

export const follow = async (browser: BrowserSession, location: string): Promise<Step> =>
  stepOf(await browser.get(location))

/** A whole sign-in. The last step: where the person lands, or why they do not. */
export async function signIn(
  app: TestApp,
  idp: IdentityProvider,
  connection: SamlConnection,
  person: Person,
  { lies = {}, ...options }: { lies?: Partial<Answer>; returnTo?: string; browser?: BrowserSession } = {},
): Promise<{ step: Step; browser: BrowserSession; client: GraphqlClient }> {
  const started = await startSignIn(app, connection, options)
  const posted = await post(started.browser, connection, idp.response(answerTo(app, started, person, lies)))
  const step = 'location' in posted ? await follow(started.browser, posted.location) : posted
  const client = new GraphqlClient(app.origin).withCookies(started.browser.cookieHeader())
  return { step, browser: started.browser, client }
}

/** Somebody who signs in for the first time and so becomes a member. */
export async function joinBySso(
  app: TestApp,
  idp: IdentityProvider,
  connection: SamlConnection,
  person: Person,
): Promise<Member> {
  const { step, client, browser } = await signIn(app, idp, connection, person)
  if (!('location' in step)) throw new Error(`${person.email} could not sign in: ${step.refused}`)
  const { viewer } = await client.run<{ viewer: { memberships: { nodes: { id: string }[] } } }>(
    '{ viewer { memberships(first: 1) { nodes { id } } } }',
  )
  return { ...person, client, browser, membershipId: viewer.memberships.nodes[0]?.id ?? '' }
}

const changeRoleMutation =
  'mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id role { key } } } }'

export const changeRole = (by: GraphqlClient, membershipId: string, role: string): Promise<unknown> =>
  by.run(changeRoleMutation, { input: { membershipId, role } })

export async function createAccessToken(
  by: GraphqlClient,
  organizationId: string,
  role: string,
): Promise<{ id: string; secret: string }> {
  const { createAccessToken } = await by.run<{ createAccessToken: { accessToken: { id: string }; secret: string } }>(
    'mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { accessToken { id } secret } }',
    { input: { organizationId, name: `${role} token`, role } },
  )
  return { id: createAccessToken.accessToken.id, secret: createAccessToken.secret }
}

/** An organization with one of each: owner, admin, member, outsider, and tokens. Made through the API alone. */
export type World = {
  organization: Organization
  connection: SamlConnection
  idp: IdentityProvider
  owner: GraphqlClient
  admin: Member
  member: Member
  ownerToken: GraphqlClient
  memberToken: GraphqlClient
  /** The owner of another organization, who is in no other. */
  outsider: GraphqlClient
  outsiderMember: Member
  otherOrganization: Organization
  otherIdp: IdentityProvider
  otherConnection: SamlConnection
}

export async function createWorld(app: TestApp): Promise<World> {
  const { organization, owner } = await completeSetup(app)
  const idp = await IdentityProvider.create()
  const connection = await connect(owner, organization.id, idp)
  const admin = await joinBySso(app, idp, connection, {
    subject: 'adam',
    email: 'adam@acme.example',
    name: 'Adam Admin',
  })
  await changeRole(owner, admin.membershipId, 'admin')
  const member = await joinBySso(app, idp, connection, {
    subject: 'mary',
    email: 'mary@acme.example',
    name: 'Mary Member',
  })
  const { createOrganization } = await owner.run<{ createOrganization: { organization: Organization } }>(
    'mutation { createOrganization(input: { name: "Globex", slug: "globex" }) { organization { id slug } } }',
  )
  const otherOrganization = createOrganization.organization
  const otherIdp = await IdentityProvider.create({ entityId: 'https://idp.globex.example' })
  const otherConnection = await connect(owner, otherOrganization.id, otherIdp)
  const outsider = await joinBySso(app, otherIdp, otherConnection, {
    subject: 'otto',
    email: 'otto@globex.example',
    name: 'Otto Outsider',
  })
  await changeRole(owner, outsider.membershipId, 'owner')
  await owner.run(
    'mutation($input: LeaveOrganizationInput!) { leaveOrganization(input: $input) { leftOrganizationId } }',
    {
      input: { organizationId: otherOrganization.id },
    },
  )
  const token = async (role: string) =>
    new GraphqlClient(app.origin, (await createAccessToken(owner, organization.id, role)).secret)
  return {
    organization,
    connection,
    idp,
    owner,
    admin,
    member,
    ownerToken: await token('owner'),
    memberToken: await token('member'),
    outsider: outsider.client,
    outsiderMember: outsider,
    otherIdp,
    otherConnection,
    otherOrganization,
  }
}
