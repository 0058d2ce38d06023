import { ActionIcon, Menu, Modal } from '@mantine/core'
import { IconDots, IconMailForward, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { toastDone } from '../../components/toast.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { describeInvited, InvitationLinks } from './invitation-links.tsx'
import type { InvitationLink } from './use-invite-members.ts'
import { useResendInvitation } from './use-resend-invitation.ts'
import { useRevokeInvitation } from './use-revoke-invitation.ts'

type Props = {
  invitationId: string
  email: string
  /** The new link was seen. */
  onSentAgain: () => void
}

/** What may be done to an invitation. */
export function InvitationMenu({ invitationId, email, onSentAgain }: Props) {
  const [action, setAction] = useState<'resend' | 'revoke' | null>(null)
  const [links, setLinks] = useState<InvitationLink[] | null>(null)
  const { resendInvitation } = useResendInvitation()
  const { revokeInvitation } = useRevokeInvitation()
  const close = () => setAction(null)
  const explain = (error: unknown) => readOperationError(error).message
  const done = () => {
    setLinks(null)
    onSentAgain()
  }
  const revoke = async () => {
    await revokeInvitation(invitationId)
    toastDone(`The invitation of ${email} was revoked.`)
  }
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={180} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${email}`}>
            <IconDots size={17} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconMailForward size={15} />} onClick={() => setAction('resend')}>
            Send again
          </Menu.Item>
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<IconTrash size={15} />}
            onClick={() => setAction('revoke')}
          >
            Revoke
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {action === 'resend' && (
        <ConfirmDialog
          title="Send the invitation again?"
          confirmLabel="Send again"
          onConfirm={async () => setLinks(await resendInvitation(invitationId))}
          onClose={close}
          explain={explain}
        >
          {email} gets a new link, which works once, for 48 hours. The one from before stops working.
        </ConfirmDialog>
      )}
      {action === 'revoke' && (
        <ConfirmDialog
          title="Revoke the invitation?"
          confirmLabel="Revoke"
          danger
          onConfirm={revoke}
          onClose={close}
          explain={explain}
        >
          The link that {email} has stops working. You can invite them again at any time.
        </ConfirmDialog>
      )}
      {links !== null && (
        <Modal
          opened
          onClose={done}
          title={describeInvited(links)}
          centered
          withCloseButton={false}
          closeOnEscape={false}
          closeOnClickOutside={false}
        >
          <InvitationLinks links={links} onDone={done} />
        </Modal>
      )}
    </>
  )
}
