import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ComponentProps, useState } from 'react'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { ChooseProtocol } from './choose-protocol.tsx'
import { ConnectionSaved } from './connection-saved.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { OidcForm } from './oidc-form.tsx'
import { type OidcFormConnection, ofOidc, ofOkta } from './oidc-form-connection.ts'
import type { ConnectionTypename } from './protocol-names.ts'
import { SamlForm } from './saml-form.tsx'
import { useCreateSamlConnection } from './use-create-saml-connection.ts'
import { useDeleteSsoConnection } from './use-delete-sso-connection.ts'
import { useReserveSsoConnection } from './use-reserve-sso-connection.ts'

export const ConfigureSsoDialog_connection = graphql(`
  fragment ConfigureSsoDialog_connection on SsoConnection {
    __typename
    id
    name
    ...SamlForm_connection
    ...OidcForm_okta
    ...OidcForm_oidc
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

/** A form for OpenID Connect: of a connection, or of one to be. */
type OidcEntered = Pick<ComponentProps<typeof OidcForm>, 'kind' | 'connection' | 'addresses'>

const enteredOf = (connection: OidcFormConnection): OidcEntered => {
  const { kind, redirectUrl, loginUrl } = connection
  return { kind, connection, addresses: { redirectUrl, loginUrl, reservation: null } }
}

/**
 * Choose, enter, done. The addresses must be known before anything is saved: choosing SAML makes the connection at once,
 * and closing without having used them takes it away again; for OpenID Connect they are reserved.
 */
export function ConfigureSsoDialog({ organizationId, connection, onMade, onClose }: Props) {
  const given = unmask(ConfigureSsoDialog_connection, connection)
  const { createSamlConnection } = useCreateSamlConnection()
  const reserveSsoConnection = useReserveSsoConnection()
  const [busy, setBusy] = useState<ConnectionTypename | null>(null)
  const [reserved, setReserved] = useState<OidcEntered | null>(null)
  const { deleteSsoConnection } = useDeleteSsoConnection()
  const [draft, setDraft] = useState<Awaited<ReturnType<typeof createSamlConnection>>>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [touched, setTouched] = useState(false)
  const [leaving, setLeaving] = useState(false)
  /** The connection, once it is saved. */
  const [saved, setSaved] = useState<string | null>(null)
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false })
  useReturnFocus()

  const samlConnection = given === null ? draft : given.__typename === 'SamlConnection' ? given : null
  const oidc =
    given === null
      ? reserved
      : given.__typename === 'OktaConnection'
        ? enteredOf(ofOkta(given))
        : given.__typename === 'OidcConnection'
          ? enteredOf(ofOidc(given))
          : null
  const entered = samlConnection !== null || oidc !== null
  const choose = async (kind: ConnectionTypename) => {
    setProblem(null)
    setBusy(kind)
    try {
      if (kind === 'SamlConnection') setDraft(await createSamlConnection(organizationId))
      else {
        const addresses = await reserveSsoConnection(organizationId)
        setReserved(addresses && { kind, connection: null, addresses })
      }
    } catch (error) {
      setProblem(readOperationError(error))
    }
    setBusy(null)
  }
  const close = () => {
    if (busy !== null) return
    if (entered && saved === null && touched) return setLeaving(true)
    onClose()
    // An untouched draft is of no use to anybody. Should it stay, it stands in the list and can be deleted there.
    if (draft !== null && saved === null) deleteSsoConnection(draft.id).catch(() => undefined)
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
        closeOnClickOutside={!entered || saved !== null}
        closeOnEscape={!leaving}
      >
        {saved !== null ? (
          <ConnectionSaved organizationId={organizationId} connectionId={saved} onClose={onClose} />
        ) : samlConnection !== null ? (
          <SamlForm
            organizationId={organizationId}
            connection={samlConnection}
            onTouched={() => setTouched(true)}
            onSaved={() => {
              setSaved(samlConnection.id)
              if (draft !== null) void onMade?.()
            }}
            onCancel={close}
          />
        ) : oidc !== null ? (
          <OidcForm
            organizationId={organizationId}
            {...oidc}
            onTouched={() => setTouched(true)}
            onSaved={(connectionId) => {
              setSaved(connectionId)
              if (oidc.connection === null) void onMade?.()
            }}
            onCancel={close}
          />
        ) : (
          <ChooseProtocol busy={busy} problem={problem} onChoose={(kind) => void choose(kind)} />
        )}
      </Modal>
      {leaving && (
        <LeaveDialog
          draftId={draft?.id ?? null}
          reserved={reserved !== null}
          onStay={() => setLeaving(false)}
          onLeave={onClose}
          onKeep={keep}
        />
      )}
    </>
  )
}
