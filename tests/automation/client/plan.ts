import { planConnections } from './plan-connections.ts'
import { planDomains } from './plan-domains.ts'
import { planMembers } from './plan-members.ts'
import { planRoles } from './plan-roles.ts'
import { planSessions } from './plan-sessions.ts'
import type { Planning, Step } from './step.ts'

/** Everything that is not as the file says, in the order in which it has to be done. */
export async function plan(planning: Planning): Promise<Step[]> {
  const connections = await planConnections(planning)
  const roles = planRoles(planning)
  return [
    ...roles.filter(({ kind }) => kind !== 'delete'),
    ...planDomains(planning),
    ...connections,
    ...planMembers(planning),
    ...planSessions(planning),
    // Last: whoever has such a role has got another one by then.
    ...roles.filter(({ kind }) => kind === 'delete'),
  ]
}
