import { Button, Group, VisuallyHidden } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { Day } from '../../components/relative-time.tsx'
import { useCopy } from '../../components/use-copy.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './certificate-list.module.css'

export const SpCertificateItem_certificate = graphql(`
  fragment SpCertificateItem_certificate on SpCertificate {
    id
    use
    pem
    fingerprintSha256
    createdAt
    notAfter
  }
`)

type Props = {
  certificate: FragmentType<typeof SpCertificateItem_certificate>
  words: { title: string; text: string }
  /** Absent where it may not be deleted. */
  onDelete?: () => void
}

/** One of our certificates, to be carried to the identity provider. */
export function SpCertificateItem({ certificate, words, onDelete }: Props) {
  const { use, pem, fingerprintSha256, createdAt, notAfter } = unmask(SpCertificateItem_certificate, certificate)
  const { copied, copy } = useCopy()
  const file = `gatehouse-${use.toLowerCase()}-${fingerprintSha256.replaceAll(':', '').slice(0, 8).toLowerCase()}.cer`
  return (
    <li className={classes['item']}>
      <IconCertificate size={20} stroke={1.6} className={classes['icon'] ?? ''} aria-hidden="true" />
      <div className={classes['words']}>
        <div className={classes['subject']}>{words.title}</div>
        <div className={classes['line']}>{words.text}</div>
        <div className={classes['line']}>
          Made <Day at={createdAt} />, valid to <Day at={notAfter} />
        </div>
        <div className={classes['line']}>
          SHA-256 <span className={classes['fingerprint']}>{fingerprintSha256}</span>
        </div>
        <Group gap="xs" mt="xs">
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => void copy(pem)}
            aria-label={`Copy: ${words.title}`}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            component="a"
            href={`data:application/x-pem-file;base64,${btoa(pem)}`}
            download={file}
            aria-label={`Download: ${words.title}`}
          >
            Download
          </Button>
          {onDelete !== undefined && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              onClick={onDelete}
              aria-label={`Delete: ${words.title}`}
            >
              Delete
            </Button>
          )}
        </Group>
        <VisuallyHidden aria-live="polite">{copied ? `${words.title} copied` : ''}</VisuallyHidden>
      </div>
    </li>
  )
}
