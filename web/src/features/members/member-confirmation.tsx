import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { toastDone } from '../../components/toast.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { useEndMemberSessions } from './use-end-member-sessions.ts'
import { useLeaveOrganization } from './use-leave-organization.ts'
import { useSetMemberSuspended } from './use-set-member-suspended.ts'

/** Removing asks more than yes or no, and has a dialog of its own. */
export type MemberAction = 'suspend' | 'letIn' | 'endSessions' | 'leave'

type Props = {
  action: MemberAction
  membershipId: string
  person: string
  organization: { id: string; name: string }
  onLeft: () => void
  onClose: () => void
}

/** Says what the action means for the person, then does it. */
export function MemberConfirmation({ action, membershipId, person, organization, onLeft, onClose }: Props) {
  const { setMemberSuspended } = useSetMemberSuspended()
  const endMemberSessions = useEndMemberSessions()
  const leaveOrganization = useLeaveOrganization()

  const words = {
    suspend: {
      title: `Suspend ${person}?`,
      text: `They lose access to ${organization.name} at once, their sessions end, and single sign-on refuses them until somebody lets them in again. Their role is kept.`,
      label: 'Suspend',
      danger: true,
      act: async () => {
        await setMemberSuspended(membershipId, true)
        toastDone(`${person} is suspended`)
      },
    },
    letIn: {
      title: `Let ${person} in again?`,
      text: `They can sign in to ${organization.name} again, with the role they had.`,
      label: 'Let in again',
      danger: false,
      act: async () => {
        await setMemberSuspended(membershipId, false)
        toastDone(`${person} may sign in again`)
      },
    },
    endSessions: {
      title: `End the sessions of ${person}?`,
      text: `Their sessions through the single sign-on of ${organization.name} end at once; those by password end too, unless they belong to another organization as well. They may sign in again: suspend them to keep them out.`,
      label: 'End sessions',
      danger: true,
      act: async () => {
        const ended = await endMemberSessions(membershipId)
        toastDone(ended === 0 ? `${person} had no open session` : `${person} was signed out`)
      },
    },
    leave: {
      title: `Leave ${organization.name}?`,
      text: 'You lose access at once. You can come back only by signing in through SSO, while the identity provider still lets you, and then with the role of a new member.',
      label: 'Leave the organization',
      danger: true,
      act: async () => {
        await leaveOrganization(organization.id)
        onLeft()
      },
    },
  }[action]

  return (
    <ConfirmDialog
      title={words.title}
      confirmLabel={words.label}
      danger={words.danger}
      onConfirm={words.act}
      onClose={onClose}
      explain={(error) => readOperationError(error).message}
    >
      {words.text}
    </ConfirmDialog>
  )
}
