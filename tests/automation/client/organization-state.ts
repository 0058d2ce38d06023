import { type Api, ApiProblem } from './api.ts'

export type RoleState = {
  id: string
  key: string
  name: string
  builtIn: boolean
  permissions: string[]
  revision: number
}
export type RuleState = { attribute: string; value: string; label: string | null; role: { key: string } }
type Mapping = { subject: string | null; email: string | null; name: string | null }
export type ConnectionState = {
  __typename: 'SamlConnection' | 'OktaConnection' | 'OidcConnection'
  id: string
  name: string
  enabled: boolean
  revision: number
  redirectUrl: string
  loginUrl: string
  attributeMapping: Mapping
  roleMappings: RuleState[]
  idpCertificates?: { fingerprintSha256: string }[]
  [setting: string]: unknown
}
export type MemberState = { id: string; email: string; role: string }
export type InvitationState = { id: string; email: string; role: string }

/** What an organization is like now. */
export type OrganizationState = {
  id: string
  roles: RoleState[]
  domains: { id: string; name: string; verifiedAt: string | null }[]
  connections: ConnectionState[]
  members: MemberState[]
  invitations: InvitationState[]
  sessionPolicy: { idleMinutes: number | null; lifetimeMinutes: number | null }
}

const mapping = 'attributeMapping { subject email name }'
const settings = `query($slug: String!) { organization(slug: $slug) {
  id
  roles { id key name builtIn permissions revision }
  domains { id name verifiedAt }
  sessionPolicy { idleMinutes lifetimeMinutes }
  ssoConnections {
    __typename id name enabled revision redirectUrl loginUrl
    roleMappings { attribute value label role { key } }
    ... on SamlConnection { ${mapping} spEntityId idpMetadataUrl idpSsoUrl idpEntityId idpSloUrl requestedAuthnContext
      signAuthnRequests forceAuthn allowIdpInitiated allowCbcEncryption idpCertificates { fingerprintSha256 } }
    ... on OktaConnection { ${mapping} oktaDomain clientId }
    ... on OidcConnection { ${mapping} issuer clientId }
  }
} }`

type Settings = Omit<OrganizationState, 'members' | 'invitations' | 'connections'> & {
  ssoConnections: ConnectionState[]
}
type Page = {
  nodes: { id: string; email?: string; user?: { email: string }; role: { key: string }; expired?: boolean }[]
}
type Paged = Page & { pageInfo: { hasNextPage: boolean; endCursor: string | null } }

async function readAll(api: Api, slug: string, list: 'memberships' | 'invitations'): Promise<Page['nodes']> {
  const fields = list === 'memberships' ? 'id user { email } role { key }' : 'id email role { key } expired'
  const query = `query($slug: String!, $after: String) { organization(slug: $slug) {
    list: ${list}(first: 100, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`
  const all: Page['nodes'] = []
  for (let after: string | null = null; ; ) {
    const page: { organization: { list: Paged } } = await api.query(query, { slug, after })
    all.push(...page.organization.list.nodes)
    if (!page.organization.list.pageInfo.hasNextPage) return all
    after = page.organization.list.pageInfo.endCursor
  }
}

/**
 * Reads what there is.
 * @param withMembers members and invitations too, which in a large organization are many pages
 * @throws ApiProblem
 */
export async function readOrganization(api: Api, slug: string, withMembers: boolean): Promise<OrganizationState> {
  const { organization } = await api.query<{ organization: Settings | null }>(settings, { slug })
  if (organization === null) {
    throw new ApiProblem(`There is no organization ${slug}, or the access token is another one’s.`)
  }
  const [members, invitations] = withMembers
    ? await Promise.all([readAll(api, slug, 'memberships'), readAll(api, slug, 'invitations')])
    : [[], []]
  const { ssoConnections: connections, ...rest } = organization
  return {
    ...rest,
    connections,
    members: members.map(({ id, user, role }) => ({ id, email: user?.email ?? '', role: role.key })),
    invitations: invitations
      .filter(({ expired }) => expired !== true)
      .map(({ id, email = '', role }) => ({ id, email, role: role.key })),
  }
}
