import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { toastDone } from '../../components/toast.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { useDeleteSsoConnection } from './use-delete-sso-connection.ts'
import { useSetSsoConnectionEnabled } from './use-set-sso-connection-enabled.ts'

export type ConnectionAction = 'disable' | 'delete'

type Props = {
  action: ConnectionAction
  connection: { id: string; name: string }
  onDeleted: () => void
  onClose: () => void
}

/** Says what the action means for the members who come by the connection, then does it. */
export function ConnectionConfirmation({ action, connection: { id, name }, onDeleted, onClose }: Props) {
  const { setSsoConnectionEnabled } = useSetSsoConnectionEnabled()
  const { deleteSsoConnection } = useDeleteSsoConnection()

  const words = {
    disable: {
      title: `Disable ${name}?`,
      text: 'Nobody can sign in through it until it is enabled again, and everybody who did is signed out at once: you too, if you came by it. Its settings are kept.',
      label: 'Disable',
      act: async () => {
        await setSsoConnectionEnabled(id, false)
        toastDone(`${name} is disabled`)
      },
    },
    delete: {
      title: `Delete ${name}?`,
      text: 'Members who came by it can no longer sign in with it and are signed out at once: you too, if you did. They stay members with their roles. Its settings and sign-in attempts are deleted for good, and its redirect URL stops working: a new connection gets another one.',
      label: 'Delete the connection',
      act: async () => {
        await deleteSsoConnection(id)
        toastDone(`${name} was deleted`)
        onDeleted()
      },
    },
  }[action]

  return (
    <ConfirmDialog
      title={words.title}
      confirmLabel={words.label}
      danger
      onConfirm={words.act}
      onClose={onClose}
      explain={(error) => readOperationError(error).message}
    >
      {words.text}
    </ConfirmDialog>
  )
}
