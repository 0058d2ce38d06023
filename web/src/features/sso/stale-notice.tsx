import { Alert, Button, Group, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { RelativeTime } from '../../components/relative-time.tsx'
import classes from './stale-notice.module.css'
import type { ChangedField, SomebodyElsesVersion } from './who-changed.ts'

type Props = {
  theirs: Pick<SomebodyElsesVersion<unknown>, 'at' | 'actor'>
  /** In which fields theirs differs from what the form was opened with. */
  changes: readonly ChangedField[]
  /** What else a change can be, of which no field shows anything. */
  unseen: string
  busy: boolean
  onLoadTheirs: () => void
  onKeepMine: () => void
}

/** Somebody else saved in the meantime: who, what, and the two ways on. */
export function StaleNotice({ theirs, changes, unseen, busy, onLoadTheirs, onKeepMine }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => ref.current?.focus(), [])
  return (
    <Alert
      ref={ref}
      tabIndex={-1}
      color="amber"
      icon={<IconUsers size={18} aria-hidden="true" />}
      title={`${theirs.actor ?? 'Somebody else'} changed this connection in the meantime`}
    >
      <Text size="sm">
        Saved <RelativeTime at={theirs.at} />. Nothing of yours was saved; what you typed is still here.
      </Text>
      {changes.length === 0 ? (
        <Text size="sm" mt={6}>
          None of the fields is different; {unseen}.
        </Text>
      ) : (
        <ul className={classes['changes']}>
          {changes.map(({ label, now }) => (
            <li key={label}>
              {label}
              {now === null ? ' was replaced' : <>: now {now}</>}
            </li>
          ))}
        </ul>
      )}
      <Text size="sm" mt={6}>
        Your version keeps their values in every field that you did not touch.
      </Text>
      <Group gap="xs" mt="sm">
        <Button size="xs" variant="default" disabled={busy} onClick={onLoadTheirs}>
          Load their version
        </Button>
        <Button size="xs" loading={busy} onClick={onKeepMine}>
          Keep mine and save
        </Button>
      </Group>
    </Alert>
  )
}
