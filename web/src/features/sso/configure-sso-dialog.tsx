import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { ChooseProtocol } from './choose-protocol.tsx'
import { ConnectionSaved } from './connection-saved.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { SamlForm } from './saml-form.tsx'
import { useCreateSamlConnection } from './use-create-saml-connection.ts'
import { useDeleteSsoConnection } from './use-delete-sso-connection.ts'

export const ConfigureSsoDialog_connection = graphql(`
  fragment ConfigureSsoDialog_connection on SamlConnection {
    id
    name
    ...SamlForm_connection
  }
`)

type Props = {
  organizationId: string
  /** The connection to change; null to make one. */
  connection: FragmentType<typeof ConfigureSsoDialog_connection> | null
  /** A connection was made here and stays. */
  onMade?: () => Promise<unknown>
  onClose: () => void
}

/**
 * Choose, enter, done. Choosing SAML makes the connection at once, because its addresses must be known before anything
 * is saved; closing without having used them takes it away again.
 */
export function ConfigureSsoDialog({ organizationId, connection, onMade, onClose }: Props) {
  const given = unmask(ConfigureSsoDialog_connection, connection)
  const { createSamlConnection, loading } = useCreateSamlConnection()
  const { deleteSsoConnection } = useDeleteSsoConnection()
  const [draft, setDraft] = useState<Awaited<ReturnType<typeof createSamlConnection>>>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [touched, setTouched] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const [saved, setSaved] = useState(false)
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false })
  useReturnFocus()

  const entered = given ?? draft
  const chooseSaml = async () => {
    setProblem(null)
    try {
      setDraft(await createSamlConnection(organizationId))
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }
  const close = () => {
    if (loading) return
    if (entered !== null && !saved && touched) return setLeaving(true)
    onClose()
    // An untouched draft is of no use to anybody. Should it stay, it stands in the list and can be deleted there.
    if (draft !== null && !saved) deleteSsoConnection(draft.id).catch(() => undefined)
  }

  const keep = async () => {
    await onMade?.().catch(() => undefined)
    onClose()
  }

  return (
    <>
      <Modal
        opened
        onClose={close}
        title={given === null ? 'Configure Single Sign-On (SSO)' : `Edit ${given.name}`}
        size={640}
        fullScreen={narrow}
        closeOnClickOutside={entered === null || saved}
        closeOnEscape={!leaving}
      >
        {saved && entered !== null ? (
          <ConnectionSaved organizationId={organizationId} connectionId={entered.id} onClose={onClose} />
        ) : entered === null ? (
          <ChooseProtocol busy={loading} problem={problem} onSaml={() => void chooseSaml()} />
        ) : (
          <SamlForm
            organizationId={organizationId}
            connection={entered}
            onTouched={() => setTouched(true)}
            onSaved={() => {
              setSaved(true)
              if (draft !== null) void onMade?.()
            }}
            onCancel={close}
          />
        )}
      </Modal>
      {leaving && (
        <LeaveDialog draftId={draft?.id ?? null} onStay={() => setLeaving(false)} onLeave={onClose} onKeep={keep} />
      )}
    </>
  )
}
