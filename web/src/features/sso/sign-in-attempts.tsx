import { IconLogin2 } from '@tabler/icons-react'
import { EmptyState } from '../../components/empty-state.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { SignInAttemptItem } from './sign-in-attempt-item.tsx'
import classes from './sign-in-attempts.module.css'

export const SignInAttempts_attempts = graphql(`
  fragment SignInAttempts_attempts on SignInAttemptConnection {
    nodes {
      id
      ...SignInAttemptItem_attempt
    }
  }
`)

type Props = {
  attempts: FragmentType<typeof SignInAttempts_attempts>
  stale: boolean
  /** The organization, for those who may look at an attempt again; else null. */
  simulateIn: string | null
}

export function SignInAttempts({ attempts, stale, simulateIn }: Props) {
  const { nodes } = unmask(SignInAttempts_attempts, attempts)
  if (nodes.length === 0) {
    return (
      <EmptyState icon={<IconLogin2 size={22} />} title="Nobody has tried to sign in yet" order={3}>
        Every attempt appears here, refused ones with the check that failed: what was expected, what came, and who can
        fix it.
      </EmptyState>
    )
  }
  return (
    <ol className={classes['list']} aria-busy={stale} data-stale={stale || undefined}>
      {nodes.map((attempt) => (
        <SignInAttemptItem key={attempt.id} attempt={attempt} simulateIn={simulateIn} />
      ))}
    </ol>
  )
}
