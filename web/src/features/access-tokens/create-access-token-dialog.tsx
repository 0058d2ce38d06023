import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import type { FragmentType } from '../../graphql/generated/fragment-masking.ts'
import { AccessTokenForm, type AccessTokenForm_organization } from './access-token-form.tsx'
import { AccessTokenSecret } from './access-token-secret.tsx'

type Props = {
  organization: FragmentType<typeof AccessTokenForm_organization>
  onClose: () => void
  onCreated: () => void
}

/** First what the token is for; then its secret, once. */
export function CreateAccessTokenDialog({ organization, onClose, onCreated }: Props) {
  const [secret, setSecret] = useState<string | null>(null)
  useReturnFocus()
  const shown = secret !== null
  const close = () => {
    if (shown) onCreated()
    onClose()
  }
  return (
    <Modal
      opened
      onClose={close}
      title={shown ? 'The secret of the new token' : 'New access token'}
      centered
      // The secret is never shown again: only the button that says so closes it.
      withCloseButton={!shown}
      closeOnEscape={!shown}
      closeOnClickOutside={!shown}
    >
      {shown ? (
        <AccessTokenSecret secret={secret} onDone={close} />
      ) : (
        <AccessTokenForm organization={organization} onCreated={setSecret} onCancel={onClose} />
      )}
    </Modal>
  )
}
