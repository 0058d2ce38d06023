import { difference, type Planning, type Step, same } from './step.ts'

const create = 'mutation($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }'
const update = 'mutation($input: UpdateRoleInput!) { updateRole(input: $input) { role { id } } }'
const remove = 'mutation($input: DeleteRoleInput!) { deleteRole(input: $input) { deletedRoleId } }'

/** `organization:read` is in every role, whether or not it is named. */
const normal = (permissions: readonly string[]): string[] => [...new Set(['organization:read', ...permissions])].sort()

export function planRoles({ api, wanted, state, prune }: Planning): Step[] {
  const { id: organizationId } = state
  const send = async (document: string, input: object): Promise<string[]> => {
    await api.change(document, { input })
    return []
  }
  if (wanted.roles === undefined) return []
  const steps: Step[] = []
  for (const { key, name, permissions } of wanted.roles) {
    const role = state.roles.find((each) => each.key === key)
    const what = `role ${key}`
    if (role === undefined) {
      const details = [name, normal(permissions).join(', ')]
      const input = { organizationId, key, name, permissions }
      steps.push({ kind: 'create', what, details, run: () => send(create, input) })
      continue
    }
    const [before, after] = [normal(role.permissions), normal(permissions)]
    const details = [
      ...(role.name === name ? [] : [difference('name', role.name, name)]),
      ...after.filter((each) => !before.includes(each)).map((each) => `allows ${each}`),
      ...before.filter((each) => !after.includes(each)).map((each) => `allows no longer ${each}`),
    ]
    if (same(before, after) && role.name === name) continue
    const input = { roleId: role.id, expectedRevision: role.revision, name, permissions: after }
    steps.push({ kind: 'change', what, details, run: () => send(update, input) })
  }
  if (!prune) return steps
  const kept = new Set(wanted.roles.map(({ key }) => key))
  for (const { id: roleId, key, name } of state.roles.filter((role) => !role.builtIn && !kept.has(role.key))) {
    const input = { roleId, reassignTo: 'member' }
    const details = [`${name}; whoever has it becomes member`]
    steps.push({
      kind: 'delete',
      what: `role ${key}`,
      details,
      run: () => send(remove, input),
    })
  }
  return steps
}
