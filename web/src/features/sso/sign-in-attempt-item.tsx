import { Badge, Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { formatExact, RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { AttemptAttributes } from './attempt-attributes.tsx'
import { describeResult } from './attempt-words.ts'
import { CheckTrace } from './check-trace.tsx'
import { HowToFix } from './how-to-fix.tsx'
import classes from './sign-in-attempts.module.css'
import { SimulateAttempt } from './simulate-attempt.tsx'

export const SignInAttemptItem_attempt = graphql(`
  fragment SignInAttemptItem_attempt on SignInAttempt {
    id
    at
    succeeded
    failureReason
    email
    test
    foreseen
    notReached
    ...HowToFix_attempt
    user {
      id
      name
      email
    }
    checks {
      name
      title
      passed
      actual
      ...CheckTrace_check
    }
  }
`)

type Props = {
  attempt: FragmentType<typeof SignInAttemptItem_attempt>
  simulateIn: string | null
  /** Why it was refused stands with the details. */
  compact?: boolean
}

export function SignInAttemptItem({ attempt, simulateIn, compact = false }: Props) {
  const shown = unmask(SignInAttemptItem_attempt, attempt)
  const { id, at, succeeded, failureReason, email, test, foreseen, notReached, user, checks } = shown
  const [open, setOpen] = useState(false)
  const trace = useId()
  const subject = checks.find(({ name, passed }) => name === 'subject' && passed)?.actual ?? null
  const person = user === null ? (email ?? subject ?? 'Somebody unknown') : (user.name ?? user.email)
  const address = user?.email ?? email
  const failed = checks.find(({ passed }) => !passed)?.title
  const why = (
    <div className={classes['why']}>
      <HowToFix attempt={shown} />
    </div>
  )
  return (
    <li className={classes['item']}>
      <div className={classes['head']}>
        <Badge color={succeeded ? 'verdigris' : 'red'}>{describeResult(succeeded, test)}</Badge>
        <span className={classes['person']}>{person}</span>
        {address !== null && address !== person && <span className={classes['aside']}>{address}</span>}
        <span className={classes['time']}>
          <RelativeTime at={at} />
        </span>
      </div>
      {foreseen !== null && <div className={classes['why']}>{foreseen}</div>}
      {!succeeded && !compact && why}
      {!succeeded && compact && <div className={classes['aside']}>{failed ?? failureReason}</div>}
      <Button
        className={classes['toggle'] ?? ''}
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-expanded={open}
        aria-controls={trace}
        aria-label={`Details of the attempt of ${person}, ${formatExact(at)}`}
        leftSection={open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        onClick={() => setOpen(!open)}
      >
        Details
      </Button>
      <div id={trace} hidden={!open} className={classes['trace']}>
        {open && (
          <>
            {!succeeded && compact && why}
            {checks.length > 0 && <CheckTrace checks={checks} notReached={notReached} />}
            <AttemptAttributes attemptId={id} />
            {simulateIn !== null && email !== null && <SimulateAttempt organizationId={simulateIn} attemptId={id} />}
            <p className={classes['aside']}>
              {checks.length === 0 && 'It did not get as far as any check. '}
              {formatExact(at)} · Reference {id}
              {failureReason !== null && ` · ${failureReason}`}
            </p>
          </>
        )}
      </div>
    </li>
  )
}
