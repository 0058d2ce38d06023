import type { TestApp } from './app.ts'
import { GraphqlClient } from './graphql-client.ts'
import { ownerPassword, type World } from './scenario.ts'

const enforceMutation =
  'mutation($input: SetSsoEnforcementInput!) { setSsoEnforcement(input: $input) { organization { ssoPolicy { enforced trialEndsAt confirmedAt } } } }'

export const enforce = (by: GraphqlClient, organizationId: string, enforced = true): Promise<unknown> =>
  by.run(enforceMutation, { input: { organizationId, enforced } })

/** OK, or the code and reason. */
export const enforceCode = (by: GraphqlClient, organizationId: string, enforced = true): Promise<string> =>
  by.codeOf(enforceMutation, { input: { organizationId, enforced } })

export async function makeRecoveryCodes(by: GraphqlClient, organizationId: string): Promise<string[]> {
  const { createRecoveryCodes } = await by.run<{ createRecoveryCodes: { codes: string[] } }>(
    'mutation($input: CreateRecoveryCodesInput!) { createRecoveryCodes(input: $input) { codes } }',
    { input: { organizationId } },
  )
  return createRecoveryCodes.codes
}

export const recoverMutation =
  'mutation($input: UseRecoveryCodeInput!) { useRecoveryCode(input: $input) { organization { slug } expiresAt } }'

/** The browser of whoever used the code. */
export async function recover(app: TestApp, code: string): Promise<GraphqlClient> {
  const client = app.nobody()
  await client.run(recoverMutation, { input: { code } })
  return client
}

const signInMutation = 'mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }'

/** Another browser of the first owner, by password. */
export async function signInByPassword(app: TestApp, email = 'owner@acme.example'): Promise<GraphqlClient> {
  const client = app.nobody()
  await client.run(signInMutation, { input: { email, password: ownerPassword } })
  return client
}

/** The same browser state, held fast: what comes back does not change it. */
export const copyOf = (client: GraphqlClient): GraphqlClient =>
  new GraphqlClient(client.origin).withCookies(client.cookieHeader)

/** How far a client comes in. */
export type Reach = 'everything its role may' | 'single sign-on settings' | 'SSO_REQUIRED' | 'nothing' | 'nobody'

export async function reachOf(client: GraphqlClient, world: World): Promise<Reach> {
  const { data, errors } = await client.send<{ organization: { viewerPermissions: string[] } | null }>(
    'query($slug: String!) { organization(slug: $slug) { id viewerPermissions } }',
    { slug: world.organization.slug },
  )
  const [error] = errors
  if (error !== undefined) return error.extensions['reason'] === 'SSO_REQUIRED' ? 'SSO_REQUIRED' : 'nobody'
  const permissions = data?.organization?.viewerPermissions
  if (permissions === undefined) return 'nothing'
  return permissions.includes('member:read') ? 'everything its role may' : 'single sign-on settings'
}
