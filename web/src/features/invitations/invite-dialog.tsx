import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import type { FragmentType } from '../../graphql/generated/fragment-masking.ts'
import { describeInvited, InvitationLinks } from './invitation-links.tsx'
import { InviteForm, type InviteForm_organization } from './invite-form.tsx'
import { type InvitationLink, useInviteMembers } from './use-invite-members.ts'

type Props = {
  organization: FragmentType<typeof InviteForm_organization>
  onClose: () => void
  onInvited: () => void
}

/** First whom to invite; then their links, once. */
export function InviteDialog({ organization, onClose, onInvited }: Props) {
  const [links, setLinks] = useState<InvitationLink[] | null>(null)
  const { inviteMembers, loading } = useInviteMembers()
  useReturnFocus()
  const shown = links !== null
  // The links are never shown again: nothing closes the dialog while they are on their way, and then one button alone.
  const held = loading || shown
  const close = () => {
    if (shown) onInvited()
    onClose()
  }
  return (
    <Modal
      opened
      onClose={close}
      title={shown ? describeInvited(links) : 'Invite people'}
      centered
      withCloseButton={!held}
      closeOnEscape={!held}
      closeOnClickOutside={!held}
    >
      {shown ? (
        <InvitationLinks links={links} onDone={close} />
      ) : (
        <InviteForm
          organization={organization}
          onSubmit={async (input) => setLinks(await inviteMembers(input))}
          busy={loading}
          onCancel={onClose}
        />
      )}
    </Modal>
  )
}
