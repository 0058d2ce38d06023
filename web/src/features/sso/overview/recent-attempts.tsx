import type { ComponentProps } from 'react'
import { SignInAttemptItem } from '../sign-in-attempt-item.tsx'
import classes from '../sign-in-attempts.module.css'

type Item = ComponentProps<typeof SignInAttemptItem>
type Props = { attempts: readonly (Item['attempt'] & { id: string })[]; simulateIn: Item['simulateIn'] }

/** The latest attempts through whichever connection, each with its trace. */
export function RecentAttempts({ attempts, simulateIn }: Props) {
  return (
    <ol className={classes['list']}>
      {attempts.map((attempt) => (
        <SignInAttemptItem key={attempt.id} attempt={attempt} simulateIn={simulateIn} compact />
      ))}
    </ol>
  )
}
