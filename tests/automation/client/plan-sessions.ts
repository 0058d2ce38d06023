import { difference, type Planning, type Step } from './step.ts'

const set = 'mutation($input: SetSessionPolicyInput!) { setSessionPolicy(input: $input) { organization { id } } }'

export function planSessions({ api, wanted: { sessions }, state }: Planning): Step[] {
  if (sessions === undefined) return []
  const names = ['idleMinutes', 'lifetimeMinutes'] as const
  const details = names
    .filter((name) => state.sessionPolicy[name] !== sessions[name])
    .map((name) => difference(name, state.sessionPolicy[name], sessions[name]))
  if (details.length === 0) return []
  const run = async () => {
    await api.change(set, { input: { organizationId: state.id, ...sessions } })
    return []
  }
  return [{ kind: 'change', what: 'how long sessions last', details, run }]
}
