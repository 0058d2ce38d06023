import { Badge, Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { formatExact, RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { describeResult } from './attempt-words.ts'
import { CheckTrace } from './check-trace.tsx'
import { HowToFix } from './how-to-fix.tsx'
import classes from './sign-in-attempts.module.css'

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
      ...CheckTrace_check
    }
  }
`)

export function SignInAttemptItem({ attempt }: { attempt: FragmentType<typeof SignInAttemptItem_attempt> }) {
  const shown = unmask(SignInAttemptItem_attempt, attempt)
  const { id, at, succeeded, failureReason, email, test, foreseen, notReached, user, checks } = shown
  const [open, setOpen] = useState(false)
  const trace = useId()
  const person = user === null ? (email ?? 'Somebody unknown') : (user.name ?? user.email)
  const address = user?.email ?? email
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
      {test && <div className={classes['why']}>{foreseen ?? 'A test sign-in: nobody was to be signed in.'}</div>}
      {!succeeded && (
        <div className={classes['why']}>
          <HowToFix attempt={shown} />
        </div>
      )}
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
            {checks.length > 0 && <CheckTrace checks={checks} notReached={notReached} />}
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
