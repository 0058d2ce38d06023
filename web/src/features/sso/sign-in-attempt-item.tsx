import { Badge, Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { formatExact, RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { AttemptAttributes } from './attempt-attributes.tsx'
import { describeFixedBy } from './attempt-words.ts'
import { CheckTrace } from './check-trace.tsx'
import classes from './sign-in-attempts.module.css'

export const SignInAttemptItem_attempt = graphql(`
  fragment SignInAttemptItem_attempt on SignInAttempt {
    id
    at
    succeeded
    failureReason
    email
    message
    fixedBy
    advice
    user {
      id
      name
      email
    }
    checks {
      name
      passed
      actual
      ...CheckTrace_check
    }
  }
`)

export function SignInAttemptItem({ attempt }: { attempt: FragmentType<typeof SignInAttemptItem_attempt> }) {
  const { id, at, succeeded, failureReason, email, message, fixedBy, advice, user, checks } = unmask(
    SignInAttemptItem_attempt,
    attempt,
  )
  const [open, setOpen] = useState(false)
  const trace = useId()
  const subject = checks.find(({ name, passed }) => name === 'subject' && passed)?.actual ?? null
  const person = user === null ? (email ?? subject ?? 'Somebody unknown') : (user.name ?? user.email)
  const address = user?.email ?? email
  return (
    <li className={classes['item']}>
      <div className={classes['head']}>
        <Badge color={succeeded ? 'verdigris' : 'red'}>{succeeded ? 'Signed in' : 'Refused'}</Badge>
        <span className={classes['person']}>{person}</span>
        {address !== null && address !== person && <span className={classes['aside']}>{address}</span>}
        <span className={classes['time']}>
          <RelativeTime at={at} />
        </span>
      </div>
      {!succeeded && (
        <div className={classes['why']}>
          <div>{message}</div>
          {advice !== null && (
            <div>
              <strong>What to do:</strong> {advice}
            </div>
          )}
          {fixedBy !== null && <div>Who can fix it: {describeFixedBy(fixedBy)}.</div>}
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
            {checks.length > 0 && <CheckTrace checks={checks} />}
            <AttemptAttributes attemptId={id} />
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
