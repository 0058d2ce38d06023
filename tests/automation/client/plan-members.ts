import { difference, type Planning, type Step } from './step.ts'

const changeRole = 'mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { id } } }'
const invite = `mutation($input: InviteMembersInput!) { inviteMembers(input: $input) {
  invitations { acceptUrl mailed invitation { email } } } }`
const revoke = 'mutation($input: RevokeInvitationInput!) { revokeInvitation(input: $input) { revokedInvitationId } }'

/** Roles of members by their addresses; who is no member is invited. Nobody is removed. */
export function planMembers({ api, wanted, state, prune }: Planning): Step[] {
  if (wanted.members === undefined) return []
  const steps: Step[] = []
  for (const { email: address, role } of wanted.members) {
    const email = address.toLowerCase()
    const member = state.members.find((each) => each.email === email)
    if (member !== undefined) {
      if (member.role === role) continue
      const run = async () => {
        await api.change(changeRole, { input: { membershipId: member.id, role } })
        return []
      }
      steps.push({ kind: 'change', what: `member ${email}`, details: [difference('role', member.role, role)], run })
      continue
    }
    const invitation = state.invitations.find((each) => each.email === email)
    if (invitation?.role === role) continue
    const details = invitation === undefined ? [`role: ${role}`] : [difference('role', invitation.role, role)]
    const run = async () => {
      const input = { organizationId: state.id, emails: [email], role }
      type Invited = { inviteMembers: { invitations: { acceptUrl: string; mailed: boolean }[] } }
      const { inviteMembers } = await api.change<Invited>(invite, { input })
      return inviteMembers.invitations.map(({ acceptUrl, mailed }) =>
        mailed ? `${email} gets the invitation by mail.` : `Hand over to ${email}: ${acceptUrl}`,
      )
    }
    steps.push({ kind: invitation === undefined ? 'create' : 'change', what: `invitation of ${email}`, details, run })
  }
  if (!prune) return steps
  const named = new Set(wanted.members.map(({ email }) => email.toLowerCase()))
  for (const { id: invitationId, email, role } of state.invitations.filter((each) => !named.has(each.email))) {
    const run = async () => {
      await api.change(revoke, { input: { invitationId } })
      return []
    }
    steps.push({ kind: 'delete', what: `invitation of ${email}`, details: [`role: ${role}`], run })
  }
  return steps
}
