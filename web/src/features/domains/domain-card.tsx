import { Alert, Badge, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyableValue } from '../../components/copyable-value.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { toastDone } from '../../components/toast.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import classes from './domains-section.module.css'
import { useRemoveDomain } from './use-remove-domain.ts'
import { useVerifyDomain } from './use-verify-domain.ts'

export const DomainCard_domain = graphql(`
  fragment DomainCard_domain on Domain {
    id
    name
    recordName
    recordValue
    verifiedAt
    checkedAt
    problem
  }
`)

type Props = { domain: FragmentType<typeof DomainCard_domain>; mayManage: boolean }

/** One domain: how it stands, the record to make, and what can be done about it. */
export function DomainCard({ domain, mayManage }: Props) {
  const { id, name, recordName, recordValue, verifiedAt, checkedAt, problem } = unmask(DomainCard_domain, domain)
  const { verifyDomain, loading } = useVerifyDomain()
  const { removeDomain } = useRemoveDomain()
  const [failure, setFailure] = useState<string | null>(null)
  const [removing, setRemoving] = useState(false)
  const proved = verifiedAt !== null
  const message = failure ?? problem

  const check = async () => {
    setFailure(null)
    try {
      if (await verifyDomain(id)) toastDone(`${name} is proved.`)
    } catch (error) {
      setFailure(readOperationError(error).message)
    }
  }

  const record = (
    <div className={classes['record']}>
      <CopyableValue label="Name of the TXT record" value={recordName} />
      <CopyableValue label="Value" value={recordValue} />
    </div>
  )

  return (
    <li className={classes['card']} aria-label={name}>
      <div className={classes['title']}>
        <span className={classes['name']}>{name}</span>
        <DomainStatusBadge verifiedAt={verifiedAt} problem={problem} />
        <Text size="xs" c="dimmed" className={classes['checked'] ?? ''}>
          {checkedAt === null ? (
            'Not checked yet'
          ) : (
            <>
              Checked <RelativeTime at={checkedAt} />
            </>
          )}
        </Text>
      </div>
      <div aria-live="polite">
        {message !== null && (
          <Alert
            color={proved ? 'red' : 'gray'}
            icon={
              proved ? (
                <IconAlertTriangle size={18} aria-hidden="true" />
              ) : (
                <IconInfoCircle size={18} aria-hidden="true" />
              )
            }
          >
            <Text size="sm" component="div" className={classes['problem'] ?? ''}>
              {message}
              {proved &&
                failure === null &&
                ' The domain stays proved for three days, so there is time to put the record back.'}
            </Text>
          </Alert>
        )}
      </div>
      {proved ? (
        <Disclosure label="The record to keep">{record}</Disclosure>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            Make this TXT record where the DNS of {name} is kept. It is looked for by itself, and when you press Check
            now.
          </Text>
          {record}
        </>
      )}
      {mayManage && (
        <Group gap="xs">
          <Button size="xs" variant="default" loading={loading} onClick={() => void check()}>
            Check now
          </Button>
          <Button size="xs" variant="subtle" color="red" onClick={() => setRemoving(true)}>
            Remove…
          </Button>
        </Group>
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          confirmLabel="Remove the domain"
          danger
          onConfirm={() => removeDomain(id)}
          onClose={() => setRemoving(false)}
          explain={(error) => readOperationError(error).message}
        >
          {proved
            ? 'People with an address there are no longer led to your identity provider by it. Accounts are no longer connected by it without a proof, and other organizations can prove the domain as theirs. Nobody is signed out, and members stay members.'
            : 'It is not proved, so nothing depends on it.'}{' '}
          To add it again you make a new record.
        </ConfirmDialog>
      )}
    </li>
  )
}

function DomainStatusBadge({ verifiedAt, problem }: { verifiedAt: string | null; problem: string | null }) {
  if (verifiedAt === null) return <Badge color="amber">Waiting for the record</Badge>
  if (problem !== null) return <Badge color="red">Proved, record not found</Badge>
  return (
    <Badge color="verdigris">
      Proved <RelativeTime at={verifiedAt} />
    </Badge>
  )
}
