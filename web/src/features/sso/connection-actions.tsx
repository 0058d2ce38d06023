import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { toastDone, toastFailed } from '../../components/toast.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { type ConnectionAction, ConnectionConfirmation } from './connection-confirmation.tsx'
import { LazyConfigureSsoDialog } from './lazy-configure-sso-dialog.tsx'
import { TestSignInButton } from './test-sign-in-button.tsx'
import { TestSignInDialog } from './test-sign-in-dialog.tsx'
import { useReadOidcConnectionAgain } from './use-read-oidc-connection-again.ts'
import { useReadSamlConnectionAgain } from './use-read-saml-connection-again.ts'
import { useSetSsoConnectionEnabled } from './use-set-sso-connection-enabled.ts'
import { useTestSignIn } from './use-test-sign-in.ts'

export const ConnectionActions_connection = graphql(`
  fragment ConnectionActions_connection on SsoConnection {
    id
    name
    enabled
    complete
    ...ConfigureSsoDialog_connection
  }
`)

type Props = {
  organizationId: string
  connection: FragmentType<typeof ConnectionActions_connection>
  /** Without the permission sso:manage there is nothing to do. */
  mayManage: boolean
  onDeleted?: () => void
}

export function ConnectionActions({ organizationId, connection, mayManage, onDeleted = () => undefined }: Props) {
  const shown = unmask(ConnectionActions_connection, connection)
  const { id, name, enabled, complete } = shown
  const testing = useTestSignIn(id)
  const { setSsoConnectionEnabled, loading } = useSetSsoConnectionEnabled()
  const readAgain = useReadSamlConnectionAgain(organizationId)
  const readOidcAgain = useReadOidcConnectionAgain(organizationId)
  const [editing, setEditing] = useState<'reading' | 'open' | null>(null)
  const [action, setAction] = useState<ConnectionAction | null>(null)

  // A sign-in may have taught the connection something since this page was loaded.
  const edit = async () => {
    setEditing('reading')
    await Promise.all([readAgain(id), readOidcAgain(id)]).catch(() => null)
    setEditing('open')
  }
  const enable = async () => {
    try {
      await setSsoConnectionEnabled(id, true)
      toastDone(`${name} is enabled`)
    } catch (error) {
      toastFailed(readOperationError(error).message)
    }
  }
  return (
    <>
      <Group gap="xs" role="group" aria-label={`Actions for ${name}`}>
        {mayManage && (
          <>
            {complete && <TestSignInButton testing={testing} size="xs" />}
            <Button size="xs" variant="default" aria-busy={editing === 'reading'} onClick={() => void edit()}>
              Edit
            </Button>
            {enabled ? (
              <Button size="xs" variant="default" onClick={() => setAction('disable')}>
                Disable
              </Button>
            ) : (
              <Button size="xs" variant="default" loading={loading} onClick={() => void enable()}>
                Enable
              </Button>
            )}
            <Button size="xs" variant="subtle" color="red" onClick={() => setAction('delete')}>
              Delete
            </Button>
          </>
        )}
      </Group>
      {editing === 'open' && (
        <LazyConfigureSsoDialog organizationId={organizationId} connection={shown} onClose={() => setEditing(null)} />
      )}
      {(testing.test !== null || testing.problem !== null) && (
        <TestSignInDialog connection={{ organizationId, id, name }} testing={testing} />
      )}
      {action !== null && (
        <ConnectionConfirmation
          action={action}
          connection={{ id, name }}
          onDeleted={onDeleted}
          onClose={() => setAction(null)}
        />
      )}
    </>
  )
}
