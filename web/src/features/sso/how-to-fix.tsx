import { Button, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useCopy } from '../../components/use-copy.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { describeFixedBy } from './attempt-words.ts'
import { FailedChecks } from './failed-checks.tsx'
import classes from './how-to-fix.module.css'

export const HowToFix_attempt = graphql(`
  fragment HowToFix_attempt on SignInAttempt {
    message
    advice
    fixedBy
    whereToFix
    messageForIdpAdministrator
    checks {
      name
      ...CheckTrace_check
    }
  }
`)

/** Why an attempt was refused, and the way out: what, where, who, and a text for whoever it is. */
export function HowToFix({ attempt }: { attempt: FragmentType<typeof HowToFix_attempt> }) {
  const { message, advice, fixedBy, whereToFix, messageForIdpAdministrator, checks } = unmask(HowToFix_attempt, attempt)
  return (
    <div className={classes['way']}>
      <FailedChecks checks={checks} />
      {advice !== null && (
        <div>
          <strong>What to do:</strong> {advice}
        </div>
      )}
      {whereToFix !== null && (
        <div className={classes['where']}>
          <strong>Where:</strong> {whereToFix}
        </div>
      )}
      {fixedBy !== null && <div>Who can fix it: {describeFixedBy(fixedBy)}.</div>}
      {message !== null && <div className={classes['aside']}>The person saw: “{message}”</div>}
      {messageForIdpAdministrator !== null && <CopyMessage message={messageForIdpAdministrator} />}
    </div>
  )
}

function CopyMessage({ message }: { message: string }) {
  const { copied, copy } = useCopy()
  return (
    <div>
      <Button
        size="compact-xs"
        variant="default"
        classNames={{ root: classes['copy'] ?? '', label: classes['words'] ?? '' }}
        leftSection={copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
        onClick={() => void copy(message)}
      >
        Copy a message to the administrator
      </Button>
      <Text component="span" size="xs" c="dimmed" ml={8} aria-live="polite">
        {copied ? 'Copied' : ''}
      </Text>
    </div>
  )
}
