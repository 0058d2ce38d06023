import { Button, Text } from '@mantine/core'
import { IconAlertTriangle, IconCertificate } from '@tabler/icons-react'
import { Day } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './certificate-list.module.css'

export const CertificateList_certificate = graphql(`
  fragment CertificateList_certificate on IdpCertificate {
    subject
    fingerprintSha256
    notBefore
    notAfter
    pem
    warnings
  }
`)

type Props = {
  certificates: readonly FragmentType<typeof CertificateList_certificate>[]
  /** Given the PEM of the certificates that stay. Absent where nothing can be taken away. */
  onKeep?: (pems: string[]) => void
}

/** Certificates as an administrator compares them with what the identity provider shows. */
export function CertificateList({ certificates, onKeep }: Props) {
  const all = unmask(CertificateList_certificate, certificates)
  return (
    <ul className={classes['list']} aria-label="Certificates">
      {all.map(({ subject, fingerprintSha256, notBefore, notAfter, pem, warnings }) => (
        <li key={fingerprintSha256} className={classes['item']}>
          <IconCertificate size={20} stroke={1.6} className={classes['icon'] ?? ''} aria-hidden="true" />
          <div className={classes['words']}>
            <div className={classes['subject']}>{subject}</div>
            <div className={classes['line']}>
              Valid <Day at={notBefore} /> to <Day at={notAfter} />
            </div>
            <div className={classes['line']}>
              SHA-256 <span className={classes['fingerprint']}>{fingerprintSha256}</span>
            </div>
            {warnings.map((warning) => (
              <div key={warning} className={classes['warning']}>
                <IconAlertTriangle size={15} aria-hidden="true" />
                <Text size="xs" inherit>
                  {warning}
                </Text>
              </div>
            ))}
          </div>
          {onKeep !== undefined && all.length > 1 && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={`Remove the certificate ${subject}`}
              onClick={() => onKeep(all.filter((other) => other.pem !== pem).map((other) => other.pem))}
            >
              Remove
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
