import { type ConnectionWanted, FileProblem } from './organization-file.ts'
import type { ConnectionState, RuleState } from './organization-state.ts'
import { addSamlFiles } from './saml-files.ts'
import { type Changes, difference, type Planning, type Step, same } from './step.ts'

const names = {
  saml: { type: 'SamlConnection', words: 'SAML' },
  okta: { type: 'OktaConnection', words: 'Okta' },
  oidc: { type: 'OidcConnection', words: 'OpenID Connect' },
} as const
const mutation = (verb: 'create' | 'update', type: string): string =>
  `mutation($input: ${verb === 'create' ? 'Create' : 'Update'}${type}Input!) { ${verb}${type}(input: $input) {
    connection { id revision redirectUrl loginUrl enabled } } }`
const enable = `mutation($input: SetSsoConnectionEnabledInput!) { setSsoConnectionEnabled(input: $input) {
  connection { id revision } } }`
const setRules = `mutation($input: SetRoleMappingsInput!) { setRoleMappings(input: $input) { connection { id revision } } }`
const remove =
  'mutation($input: DeleteSsoConnectionInput!) { deleteSsoConnection(input: $input) { deletedConnectionId } }'

/** Settings that are sent as they stand in the file. */
const plain = [
  'spEntityId',
  'idpMetadataUrl',
  'idpSsoUrl',
  'idpEntityId',
  'idpSloUrl',
  'requestedAuthnContext',
  'signAuthnRequests',
  'forceAuthn',
  'allowIdpInitiated',
  'allowCbcEncryption',
  'oktaDomain',
  'issuer',
  'clientId',
] as const

export async function planConnections(planning: Planning): Promise<Step[]> {
  const { wanted, state, prune, api } = planning
  if (wanted.connections === undefined) return []
  const steps: Step[] = []
  for (const connection of wanted.connections) {
    const there = state.connections.find(({ name }) => name === connection.name)
    const { type, words } = names[connection.protocol]
    if (there !== undefined && there.__typename !== type) {
      throw new FileProblem(`The connection ${connection.name} is one of another protocol. Give this one another name.`)
    }
    steps.push(
      ...(there === undefined
        ? [await planNew(planning, connection, words)]
        : await planChanges(planning, connection, there)),
    )
  }
  const kept = new Set(wanted.connections.map(({ name }) => name))
  const gone = state.connections.filter(({ name }) => prune && !kept.has(name))
  for (const { id: connectionId, name } of gone) {
    const details = ['whoever signed in through it is signed out, and known by it no more']
    const run = async () => {
      await api.change(remove, { input: { connectionId } })
      return []
    }
    steps.push({ kind: 'delete', what: `connection ${name}`, details, run })
  }
  return steps
}

async function planNew(planning: Planning, wanted: ConnectionWanted, words: string): Promise<Step> {
  const { api, state } = planning
  const { input, details } = await settingsOf(planning, wanted, null)
  const rules = wanted.roleMappings ?? []
  const run = async () => {
    const { type } = names[wanted.protocol]
    const secret = wanted.protocol === 'saml' ? {} : { clientSecret: wanted.clientSecret }
    const answer = await api.change<Record<string, { connection: ConnectionState }>>(mutation('create', type), {
      input: { organizationId: state.id, name: wanted.name, ...input, ...secret },
    })
    const made = answer[`create${type}`]?.connection
    if (made === undefined) throw new Error('the answer has no connection')
    if (rules.length > 0) await api.change(setRules, { input: { connectionId: made.id, mappings: rules } })
    if (wanted.enabled === false) await api.change(enable, { input: { connectionId: made.id, enabled: false } })
    return [`For the identity provider of ${wanted.name}: redirect URL ${made.redirectUrl}, login URL ${made.loginUrl}`]
  }
  const more = [
    ...details,
    ...rules.map((rule) => `rule: ${inWords(rule)}`),
    ...(wanted.enabled === false ? ['disabled'] : []),
  ]
  return { kind: 'create', what: `connection ${wanted.name}`, details: [words, ...more], run }
}

async function planChanges(planning: Planning, wanted: ConnectionWanted, there: ConnectionState): Promise<Step[]> {
  const { api } = planning
  const { id: connectionId } = there
  const what = `connection ${wanted.name}`
  const { type } = names[wanted.protocol]
  const { input, details } = await settingsOf(planning, wanted, there)
  const steps: Step[] = []
  let { revision } = there
  if (details.length > 0) {
    // A secret cannot be compared: it goes along with any other change.
    const secret = wanted.protocol === 'saml' ? {} : { clientSecret: wanted.clientSecret }
    const run = async () => {
      const answer = await api.change<Record<string, { connection: ConnectionState }>>(mutation('update', type), {
        input: { connectionId, expectedRevision: revision, ...input, ...secret },
      })
      revision = answer[`update${type}`]?.connection.revision ?? revision
      return []
    }
    steps.push({ kind: 'change', what, details, run })
  }
  const before = there.roleMappings.map((rule) => ({ ...rule, role: rule.role.key }))
  const after = wanted.roleMappings?.map(({ attribute, value, label = null, role }) => ({
    attribute,
    value,
    label,
    role,
  }))
  if (after !== undefined && !same(before, after)) {
    const lines = after.map((rule, index) => `${index + 1}. ${inWords(rule)}`)
    const run = async () => {
      const { setRoleMappings } = await api.change<{ setRoleMappings: { connection: { revision: number } } }>(
        setRules,
        {
          input: { connectionId, expectedRevision: revision, mappings: after },
        },
      )
      ;({ revision } = setRoleMappings.connection)
      return []
    }
    steps.push({ kind: 'change', what: `rules of ${what}`, details: lines.length === 0 ? ['none'] : lines, run })
  }
  if (wanted.enabled !== undefined && wanted.enabled !== there.enabled) {
    const { enabled } = wanted
    const run = async () => {
      await api.change(enable, { input: { connectionId, enabled } })
      return []
    }
    steps.push({ kind: 'change', what, details: [difference('enabled', there.enabled, enabled)], run })
  }
  return steps
}

const inWords = ({
  attribute,
  value,
  label,
  role,
}: Omit<RuleState, 'role' | 'label'> & { label?: string | null | undefined; role: string }) =>
  `${attribute} is ${label ?? value}: ${role}`

async function settingsOf(
  planning: Planning,
  wanted: ConnectionWanted,
  there: ConnectionState | null,
): Promise<Changes> {
  const changes: Changes = { details: [], input: {} }
  const given: Record<string, unknown> = wanted
  const note = (name: string, before: unknown, after: unknown) =>
    changes.details.push(there === null ? `${name}: ${JSON.stringify(after)}` : difference(name, before, after))
  for (const name of plain) {
    const [before, after] = [there?.[name] ?? null, given[name]]
    if (after === undefined || same(before, after) || (name === 'oktaDomain' && sameHost(before, after))) continue
    note(name, before, after)
    changes.input[name] = after
  }
  if (wanted.attributeMapping !== undefined) {
    const { subject = null, email = null, name = null } = wanted.attributeMapping
    const after = { subject, email, name }
    const before = there === null ? null : pick(there.attributeMapping)
    if (!same(before, after)) {
      note('attributeMapping', before, after)
      changes.input['attributeMapping'] = after
    }
  }
  if (wanted.protocol === 'saml') await addSamlFiles(planning, wanted, there, changes)
  return changes
}

const pick = ({ subject, email, name }: ConnectionState['attributeMapping']) => ({ subject, email, name })

/** `https://acme-admin.okta.com/` and `acme.okta.com` are the same organization. */
function sameHost(before: unknown, after: unknown): boolean {
  const host = (text: unknown) =>
    String(text)
      .replace(/^https?:\/\//, '')
      .replace(/\/$/, '')
      .replace('-admin.', '.')
      .toLowerCase()
  return before !== null && host(before) === host(after)
}
