import { clockTime, counted } from './words.ts'

type RoleDetails = { roleId: string; key: string; name: string }

/** What is recorded of roles and of who has them. */
export type RoleEventInput =
  | {
      type: 'membership.roleChanged'
      /**
       * `expiresAt` and `pinned` only where the role has an end, and where sign-ins may change it; `rule` where a sign-in
       * changed it, as the rules of its connection say.
       */
      details: {
        membershipId: string
        email: string
        from: string
        to: string
        expiresAt?: string
        pinned?: boolean
        rule?: string
      }
    }
  | {
      type: 'membership.roleTermsChanged'
      details: { membershipId: string; email: string; role: string; pinned: boolean; expiresAt: string | null }
    }
  | { type: 'membership.roleExpired'; details: { membershipId: string; email: string; from: string; to: string } }
  | { type: 'role.created'; details: RoleDetails & { permissions: string[] } }
  | { type: 'role.updated'; details: RoleDetails & { renamedFrom?: string; added: string[]; removed: string[] } }
  | {
      type: 'role.deleted'
      details: RoleDetails & { reassignedTo: string | null; members: number; accessTokens: number }
    }

function summarizeChange(details: {
  email: string
  from: string
  to: string
  expiresAt?: string
  rule?: string
}): string {
  const { email, from, to, expiresAt, rule } = details
  const until = expiresAt === undefined ? '' : `, until ${clockTime(expiresAt)}`
  const why = rule === undefined ? '' : ` at sign-in: ${rule}`
  return `Changed the role of ${email} from ${from} to ${to}${until}${why}.`
}

function summarizeTerms(details: { email: string; role: string; pinned: boolean; expiresAt: string | null }): string {
  const { email, role, pinned, expiresAt } = details
  const end = expiresAt === null ? 'has no end' : `ends at ${clockTime(expiresAt)}`
  return `The role ${role} of ${email} ${end}; sign-ins ${pinned ? 'leave it as it is' : 'may change it'}.`
}

function summarizeRoleUpdate(details: {
  name: string
  renamedFrom?: string
  added: string[]
  removed: string[]
}): string {
  const { name, renamedFrom, added, removed } = details
  const changes = [
    ...(renamedFrom === undefined ? [] : [`it was called ${renamedFrom}`]),
    ...(added.length > 0 ? [`it allows ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`it allows no longer ${removed.join(', ')}`] : []),
  ]
  return `Changed the role ${name}: ${changes.join('; ')}.`
}

/** The event in one sentence, as summarize() gives it. */
export function summarizeRoleEvent(event: RoleEventInput): string {
  switch (event.type) {
    case 'membership.roleChanged':
      return summarizeChange(event.details)
    case 'membership.roleTermsChanged':
      return summarizeTerms(event.details)
    case 'membership.roleExpired':
      return `The time of ${event.details.email} as ${event.details.from} ended: the role is ${event.details.to} again.`
    case 'role.created':
      return `Made the role ${event.details.name}: ${event.details.permissions.join(', ')}.`
    case 'role.updated':
      return summarizeRoleUpdate(event.details)
    case 'role.deleted':
      return `Deleted the role ${event.details.name}${event.details.reassignedTo === null ? '' : `; ${counted(event.details.members, 'member')} and ${counted(event.details.accessTokens, 'access token')} became ${event.details.reassignedTo}`}.`
    default:
      return event satisfies never
  }
}
