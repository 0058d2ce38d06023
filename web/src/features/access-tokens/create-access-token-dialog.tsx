import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import type { FragmentType } from '../../graphql/generated/fragment-masking.ts'
import { AccessTokenForm, type AccessTokenForm_organization } from './access-token-form.tsx'
import { AccessTokenSecret } from './access-token-secret.tsx'
import { useCreateAccessToken } from './use-create-access-token.ts'

type Props = {
  organization: FragmentType<typeof AccessTokenForm_organization>
  onClose: () => void
  onCreated: () => void
}

/** First what the token is for; then its secret, once. */
export function CreateAccessTokenDialog({ organization, onClose, onCreated }: Props) {
  const [secret, setSecret] = useState<string | null>(null)
  const { createAccessToken, loading } = useCreateAccessToken()
  useReturnFocus()
  const shown = secret !== null
  // The secret is never shown again: nothing closes the dialog while it is on its way, and then one button alone.
  const held = loading || shown
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
      withCloseButton={!held}
      closeOnEscape={!held}
      closeOnClickOutside={!held}
    >
      {shown ? (
        <AccessTokenSecret secret={secret} onDone={close} />
      ) : (
        <AccessTokenForm
          organization={organization}
          onSubmit={async (token) => setSecret(await createAccessToken(token))}
          busy={loading}
          onCancel={onClose}
        />
      )}
    </Modal>
  )
}
