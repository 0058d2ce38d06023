import { Code, Text } from '@mantine/core'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { toastDone } from '../../components/toast.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { useTrustStagedCertificates } from './use-trust-staged-certificates.ts'
import { useUpdateSamlConnection } from './use-update-saml-connection.ts'

type Certificate = { subject: string; fingerprintSha256: string }

export type MetadataAction =
  | { kind: 'trust'; certificate: Certificate }
  | { kind: 'remove'; certificate: Certificate; remaining: string[] }
  | { kind: 'useUrl'; url: string }
  | { kind: 'stop' }

type Props = {
  action: MetadataAction
  connection: { id: string; name: string; revision: number }
  onClose: () => void
}

/** Says what an owner confirms, and what it means for the members, then does it. */
export function MetadataConfirmation({ action, connection: { id, name, revision }, onClose }: Props) {
  const { trustStagedCertificates } = useTrustStagedCertificates()
  const { updateSamlConnection } = useUpdateSamlConnection()
  const update = (changes: { idpCertificates?: string[]; idpSsoUrl?: string; idpMetadataUrl?: null }) =>
    updateSamlConnection({ connectionId: id, expectedRevision: revision, ...changes })

  const words = wordsOf(action, name)
  const act = async () => {
    if (action.kind === 'trust') await trustStagedCertificates(id, [action.certificate.fingerprintSha256])
    if (action.kind === 'remove') await update({ idpCertificates: action.remaining })
    if (action.kind === 'useUrl') await update({ idpSsoUrl: action.url })
    if (action.kind === 'stop') await update({ idpMetadataUrl: null })
    toastDone(words.done)
  }
  return (
    <ConfirmDialog
      title={words.title}
      confirmLabel={words.label}
      danger={action.kind === 'remove'}
      onConfirm={act}
      onClose={onClose}
      explain={(error) => readOperationError(error).message}
    >
      {words.text}
      {(action.kind === 'trust' || action.kind === 'remove') && (
        <Text component="div" size="sm" mt="sm">
          SHA-256 <Code style={{ overflowWrap: 'anywhere' }}>{action.certificate.fingerprintSha256}</Code>
        </Text>
      )}
      {action.kind === 'useUrl' && (
        <Text component="div" size="sm" mt="sm">
          <Code style={{ overflowWrap: 'anywhere' }}>{action.url}</Code>
        </Text>
      )}
    </ConfirmDialog>
  )
}

function wordsOf(action: MetadataAction, name: string): { title: string; text: string; label: string; done: string } {
  switch (action.kind) {
    case 'trust':
      return {
        title: `Trust ${action.certificate.subject}?`,
        text: 'Whoever has its key can sign in as any of your members. Compare the fingerprint with the one that your identity provider shows. The certificates that are trusted now stay.',
        label: 'Trust this certificate',
        done: `${name} trusts the new certificate`,
      }
    case 'remove':
      return {
        title: `Remove ${action.certificate.subject}?`,
        text: 'Sign-ins that are signed with it are refused from now on, and everybody who came by this connection is signed out: you too, if you did. Remove it once the identity provider signs with another one.',
        label: 'Remove the certificate',
        done: 'The certificate was removed',
      }
    case 'useUrl':
      return {
        title: 'Use the new Single Sign-On URL?',
        text: 'Members are sent there to sign in from now on. Make sure that the address is your identity provider’s:',
        label: 'Use this URL',
        done: `${name} uses the new Single Sign-On URL`,
      }
    case 'stop':
      return {
        title: 'Stop reading the metadata?',
        text: 'The settings stay as they are. New certificates of the identity provider are no longer found by themselves: you add them by hand.',
        label: 'Stop reading it',
        done: 'The metadata is no longer read',
      }
    default:
      return action satisfies never
  }
}
