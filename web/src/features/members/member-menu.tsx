import { ActionIcon, Menu } from '@mantine/core'
import {
  IconCalendarTime,
  IconDoorExit,
  IconDots,
  IconHelpCircle,
  IconLogout,
  IconUserCheck,
  IconUserOff,
  IconUserX,
} from '@tabler/icons-react'
import { useState } from 'react'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { ExplainAccessDialog } from './explain-access-dialog.tsx'
import { type MemberAction, MemberConfirmation } from './member-confirmation.tsx'
import { RemovalConfirmation } from './removal-confirmation.tsx'
import { RoleTermsDialog } from './role-terms-dialog.tsx'

export const MemberMenu_membership = graphql(`
  fragment MemberMenu_membership on Membership {
    id
    suspended
    roleExpiresAt
    rolePinned
    role {
      id
      key
      name
    }
    assignableRoles {
      id
      key
      name
    }
    viewerCanSuspend
    viewerCanEndSessions
    viewerCanRemove
    user {
      id
      name
      email
    }
    organization {
      id
      name
    }
  }
`)

type Props = {
  membership: FragmentType<typeof MemberMenu_membership>
  isViewer: boolean
  onLeft: () => void
}

/** What may be done to a member besides changing the role; and why they may do what they may. */
export function MemberMenu({ membership, isViewer, onLeft }: Props) {
  const member = unmask(MemberMenu_membership, membership)
  const [action, setAction] = useState<MemberAction | 'remove' | null>(null)
  const [open, setOpen] = useState<'access' | 'role' | null>(null)
  const mayChangeRole = member.assignableRoles.some(({ key }) => key === member.role.key)
  const person = member.user.name ?? member.user.email
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={200} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${person}`}>
            <IconDots size={17} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayChangeRole && (
            <Menu.Item leftSection={<IconCalendarTime size={15} />} onClick={() => setOpen('role')}>
              Role and its end…
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconHelpCircle size={15} />} onClick={() => setOpen('access')}>
            Explain access
          </Menu.Item>
          {member.viewerCanSuspend && !isViewer && (
            <Menu.Item
              leftSection={member.suspended ? <IconUserCheck size={15} /> : <IconUserOff size={15} />}
              onClick={() => setAction(member.suspended ? 'letIn' : 'suspend')}
            >
              {member.suspended ? 'Let in again' : 'Suspend'}
            </Menu.Item>
          )}
          {member.viewerCanEndSessions && !isViewer && !member.suspended && (
            <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => setAction('endSessions')}>
              End sessions
            </Menu.Item>
          )}
          {member.viewerCanRemove && (
            <Menu.Item
              color="var(--mantine-color-error)"
              leftSection={isViewer ? <IconDoorExit size={15} /> : <IconUserX size={15} />}
              onClick={() => setAction(isViewer ? 'leave' : 'remove')}
            >
              {isViewer ? 'Leave the organization' : 'Remove'}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'access' && (
        <ExplainAccessDialog membershipId={member.id} person={person} onClose={() => setOpen(null)} />
      )}
      {open === 'role' && (
        <RoleTermsDialog {...member} membershipId={member.id} person={person} onClose={() => setOpen(null)} />
      )}
      {action === 'remove' && (
        <RemovalConfirmation
          membershipId={member.id}
          person={person}
          organizationName={member.organization.name}
          onClose={() => setAction(null)}
        />
      )}
      {action !== null && action !== 'remove' && (
        <MemberConfirmation
          action={action}
          membershipId={member.id}
          person={person}
          organization={member.organization}
          onLeft={onLeft}
          onClose={() => setAction(null)}
        />
      )}
    </>
  )
}
