import { authorizeOwned } from '../access/authorize.ts'
import { findEnforcement } from '../access/enforcement.store.ts'
import { findRoles } from '../access/find-roles.ts'
import { isPermission, type Permission, permissions } from '../access/permission.ts'
import { permissionWords } from '../access/permission-words.ts'
import type { RequestContext } from '../access/request-context.ts'
import { badUserInput } from '../core/errors.ts'
import { findMember, type Member } from './membership.store.ts'
import { type MembershipView, viewMembership } from './membership-view.ts'

export type AccessReason = { title: string; passed: boolean; explanation: string }

export type AccessExplanation = {
  membership: MembershipView
  permission: Permission
  allowed: boolean
  reasons: AccessReason[]
}

/** Where the role came from, as the end of a sentence. */
const origins: Record<string, string> = {
  SETUP: 'since they set up the organization',
  MANUAL: 'given by hand',
  INVITATION: 'as they were invited',
  JUST_IN_TIME: 'as everybody who comes in by single sign-on',
  EXPIRY: 'since an earlier role of theirs ended',
  MAPPING: 'as the rules of their SSO connection said at their last sign-in',
}

const parsePermission = (text: string): Permission => {
  if (isPermission(text)) return text
  const message = `There is no permission ${text}. Choose one of ${permissions.join(', ')}.`
  throw badUserInput([{ path: 'permission', reason: 'UNKNOWN_PERMISSION', message }])
}

/**
 * Whether a member may do something now, and every reason in turn: the membership, the role and where it came from, the
 * permission, and how they have to come in.
 * @param permission a `noun:verb` literal
 * @throws BAD_USER_INPUT on `permission`, NOT_FOUND, FORBIDDEN without member:read
 */
export async function explainAccess(
  ctx: RequestContext,
  membershipId: string,
  permission: string,
): Promise<AccessExplanation> {
  const now = ctx.clock.now()
  const { row } = await authorizeOwned(ctx, 'member:read', 'membership', await findMember(ctx.db, membershipId, now))
  const asked = parsePermission(permission)
  const membership = viewMembership(row)
  const others = (await findRoles(ctx, row.organizationId)).filter((role) => role.permissions.includes(asked))
  const included = membership.role.permissions.includes(asked)
  const enforced = (await findEnforcement(ctx.db, row.organizationId, now)) !== null
  const { name } = permissionWords[asked]
  const given = `“${name}” (${asked})`
  const roles = others.map((role) => role.name).join(', ')
  const reasons = [
    explainStanding(row),
    { title: 'Role', passed: true, explanation: explainRole(row, membership.role.name) },
    {
      title: 'Permission',
      passed: included,
      explanation: included
        ? `${membership.role.name} includes ${given}.`
        : `${membership.role.name} does not include ${given}. These roles do: ${roles}.`,
    },
    ...(enforced ? [explainEntrance] : []),
  ]
  return { membership, permission: asked, allowed: reasons.every(({ passed }) => passed), reasons }
}

function explainStanding({ user, suspendedAt, joinedAt }: Member): AccessReason {
  const title = 'Membership'
  return suspendedAt === null
    ? { title, passed: true, explanation: `${user.email} is a member since ${joinedAt.toISOString().slice(0, 10)}.` }
    : { title, passed: false, explanation: `${user.email} is suspended, and so may do nothing at all.` }
}

function explainRole({ roleSource, rolePinned, roleExpiresAt }: Member, name: string): string {
  const origin = origins[roleSource] ?? 'given'
  const end =
    roleExpiresAt === null ? '' : ` It ends at ${roleExpiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
  const pin = rolePinned
    ? 'Sign-ins leave it as it is.'
    : 'A sign-in may change it, where a connection has rules for roles.'
  return `${name}, ${origin}. ${pin}${end}`
}

const explainEntrance: AccessReason = {
  title: 'Way in',
  passed: true,
  explanation:
    'Single sign-on is required: only a session made through it counts, and access tokens of members whom a connection knows.',
}
