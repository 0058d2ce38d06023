import { Button } from '@mantine/core'
import { useState } from 'react'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { InviteDialog } from './invite-dialog.tsx'

export const InvitePeople_organization = graphql(`
  fragment InvitePeople_organization on Organization {
    id
    invitableRoles {
      id
    }
    ...InviteForm_organization
  }
`)

type Props = {
  organization: FragmentType<typeof InvitePeople_organization>
  /** The dialog was closed and somebody was invited. */
  onInvited?: () => void
}

/** The button and its dialog; nothing for whoever may invite nobody. */
export function InvitePeople({ organization, onInvited }: Props) {
  const inviting = unmask(InvitePeople_organization, organization)
  const [open, setOpen] = useState(false)
  if (inviting.invitableRoles.length === 0) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>Invite people</Button>
      {open && <InviteDialog organization={inviting} onClose={() => setOpen(false)} onInvited={() => onInvited?.()} />}
    </>
  )
}
