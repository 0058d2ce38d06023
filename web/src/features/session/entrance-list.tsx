import { Button, Text } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import classes from './entrance-list.module.css'
import { readLastSignIn } from './last-sign-in.ts'

export type Entrance = { connectionId: string; connectionName: string; loginUrl: string }

type Props = {
  entrances: readonly Entrance[]
  /** Moves the focus to the first of them. */
  focus?: boolean
  /** The person goes to the identity provider now. */
  onChosen?: (connectionId: string) => void
}

/** The connections of one organization: one is a button, several are a list with the one used last on top. */
export function EntranceList({ entrances, focus = false, onChosen }: Props) {
  const first = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (focus) first.current?.focus({ preventScroll: true })
  }, [focus])
  const usedLast = readLastSignIn()?.connectionId ?? null
  const [one, ...others] = [
    ...entrances.filter(({ connectionId }) => connectionId === usedLast),
    ...entrances.filter(({ connectionId }) => connectionId !== usedLast),
  ]
  if (one === undefined) {
    return (
      <Text size="sm">
        Its single sign-on is switched off or not complete at the moment. Ask an owner of the organization.
      </Text>
    )
  }
  if (others.length === 0) {
    return (
      <Button component="a" ref={first} href={one.loginUrl} fullWidth onClick={() => onChosen?.(one.connectionId)}>
        Continue with {one.connectionName}
      </Button>
    )
  }
  return (
    <ul className={classes['list']}>
      {[one, ...others].map(({ connectionId, connectionName, loginUrl }) => (
        <li key={connectionId}>
          <a
            ref={connectionId === one.connectionId ? first : undefined}
            className={classes['entrance']}
            href={loginUrl}
            onClick={() => onChosen?.(connectionId)}
          >
            <span className={classes['words']}>
              Continue with {connectionName}
              {connectionId === usedLast && <span className={classes['note']}>Used last in this browser</span>}
            </span>
            <IconChevronRight size={16} aria-hidden="true" />
          </a>
        </li>
      ))}
    </ul>
  )
}
