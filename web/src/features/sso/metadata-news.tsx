import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconCertificate, IconLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { CertificateList } from './certificate-list.tsx'
import type { MetadataAction } from './metadata-confirmation.tsx'
import classes from './metadata-news.module.css'

export const MetadataNews_connection = graphql(`
  fragment MetadataNews_connection on SamlConnection {
    idpSsoUrl
    idpCertificates {
      subject
      fingerprintSha256
      pem
      ...CertificateList_certificate
    }
    metadataRefresh {
      stagedCertificates {
        seenAt
        certificate {
          subject
          fingerprintSha256
          ...CertificateList_certificate
        }
      }
      vanishedFingerprints
      stagedSsoUrl
    }
  }
`)

type Props = {
  connection: FragmentType<typeof MetadataNews_connection>
  /** Asks for confirmation; null for those who may only look. */
  onAct: ((action: MetadataAction) => void) | null
}

/** What the metadata says and the connection does not: each with the way to settle it. */
export function MetadataNews({ connection, onAct }: Props) {
  const { idpSsoUrl, idpCertificates, metadataRefresh } = unmask(MetadataNews_connection, connection)
  if (metadataRefresh === null) return null
  const { stagedCertificates, vanishedFingerprints, stagedSsoUrl } = metadataRefresh
  const vanished = idpCertificates.filter(({ fingerprintSha256 }) => vanishedFingerprints.includes(fingerprintSha256))
  return (
    <Stack gap="md">
      {stagedCertificates.map(({ certificate, seenAt }) => (
        <Item
          key={certificate.fingerprintSha256}
          icon={<IconCertificate size={18} aria-hidden="true" />}
          title="The metadata announces a new certificate"
          action={
            onAct && (
              <Button size="xs" onClick={() => onAct({ kind: 'trust', certificate })}>
                Trust…
              </Button>
            )
          }
        >
          <CertificateList certificates={[certificate]} />
          <Text size="sm">
            First seen <RelativeTime at={seenAt} />. It is not trusted yet: once the identity provider signs with it,
            sign-ins are refused until {onAct === null ? 'an owner confirms it' : 'you confirm it'}.
          </Text>
        </Item>
      ))}
      {vanished.map((certificate) => (
        <Item
          key={certificate.fingerprintSha256}
          icon={<IconCertificate size={18} aria-hidden="true" />}
          title="No longer in the metadata"
          action={
            onAct !== null &&
            idpCertificates.length > 1 && (
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  onAct({ kind: 'remove', certificate, remaining: pemsWithout(idpCertificates, certificate) })
                }
              >
                Remove…
              </Button>
            )
          }
        >
          <CertificateList certificates={[certificate]} />
          <Text size="sm">
            It stays trusted until an owner removes it, so that no sign-in fails while both are in use.
          </Text>
        </Item>
      ))}
      {stagedSsoUrl !== null && (
        <Item
          icon={<IconLink size={18} aria-hidden="true" />}
          title="The metadata names another Single Sign-On URL"
          action={
            onAct && (
              <Button size="xs" variant="default" onClick={() => onAct({ kind: 'useUrl', url: stagedSsoUrl })}>
                Use this URL…
              </Button>
            )
          }
        >
          <Text size="sm" className={classes['url'] ?? ''}>
            {stagedSsoUrl}
          </Text>
          <Text size="sm" className={classes['url'] ?? ''}>
            Members are still sent to {idpSsoUrl ?? 'no address at all'}.
          </Text>
        </Item>
      )}
    </Stack>
  )
}

const pemsWithout = (all: readonly { pem: string; fingerprintSha256: string }[], gone: { fingerprintSha256: string }) =>
  all.filter(({ fingerprintSha256 }) => fingerprintSha256 !== gone.fingerprintSha256).map(({ pem }) => pem)

function Item({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode
  title: string
  children: ReactNode
  action: ReactNode
}) {
  return (
    <Alert color="amber" icon={icon} title={title}>
      <div className={classes['item']}>
        {children}
        {action}
      </div>
    </Alert>
  )
}
