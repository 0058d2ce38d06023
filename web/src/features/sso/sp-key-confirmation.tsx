import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { toastDone } from '../../components/toast.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { useDeleteSpKey } from './use-delete-sp-key.ts'
import { useRotateSpKey } from './use-rotate-sp-key.ts'

export type SpKeyAction =
  | { kind: 'rotate'; use: 'SIGNING' | 'ENCRYPTION'; first: boolean }
  | { kind: 'delete'; keyId: string; title: string; replacedBy: boolean }

type Props = { action: SpKeyAction; connectionId: string; onClose: () => void }

const rotations = {
  ENCRYPTION:
    'The new certificate takes the place of the present one in our metadata. Give it to the identity provider. What is encrypted for the present one can still be read until you delete that.',
  SIGNING:
    'The new certificate stands beside the present one in our metadata. Give it to the identity provider; then delete the present one here, and the new one signs.',
}

/** Says what changes for the identity provider, then does it. */
export function SpKeyConfirmation({ action, connectionId, onClose }: Props) {
  const rotate = useRotateSpKey()
  const remove = useDeleteSpKey()
  const noun = action.kind === 'rotate' ? (action.use === 'SIGNING' ? 'signing' : 'encryption') : ''
  const words =
    action.kind === 'rotate'
      ? {
          title: action.first ? `Make the ${noun} certificate?` : `Make a new ${noun} certificate?`,
          text: action.first ? 'It stands in our metadata from then on.' : rotations[action.use],
          label: 'Make it',
          act: async () => {
            await rotate(connectionId, action.use)
            toastDone(`The ${noun} certificate was made`)
          },
        }
      : {
          title: `Delete the certificate “${action.title}”?`,
          text: action.replacedBy
            ? 'From now on the other one signs our requests. If the identity provider does not have that yet, nobody can sign in through it.'
            : 'Its key is deleted for good. If the identity provider still uses it, nobody can sign in through it.',
          label: 'Delete the certificate',
          act: async () => {
            await remove(action.keyId)
            toastDone('The certificate was deleted')
          },
        }
  return (
    <ConfirmDialog
      title={words.title}
      confirmLabel={words.label}
      danger={action.kind === 'delete'}
      onConfirm={words.act}
      onClose={onClose}
      explain={(error) => readOperationError(error).message}
    >
      {words.text}
    </ConfirmDialog>
  )
}
