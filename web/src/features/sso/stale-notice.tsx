import { Alert, Button, Group, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { RelativeTime } from '../../components/relative-time.tsx'
import { changedFields, describeValue, type SamlFormValues, samlFieldLabels } from './saml-form-values.ts'
import classes from './stale-notice.module.css'
import type { SomebodyElsesVersion } from './use-read-saml-connection-again.ts'

type Props = {
  /** What the form was opened with. */
  base: SamlFormValues
  theirs: SomebodyElsesVersion
  busy: boolean
  onLoadTheirs: () => void
  onKeepMine: () => void
}

/** Somebody else saved in the meantime: who, what, and the two ways on. */
export function StaleNotice({ base, theirs, busy, onLoadTheirs, onKeepMine }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => ref.current?.focus(), [])
  const changed = changedFields(base, theirs.values)
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
      {changed.length === 0 ? (
        <Text size="sm" mt={6}>
          None of the fields is different; it was enabled or disabled.
        </Text>
      ) : (
        <ul className={classes['changes']}>
          {changed.map((field) => (
            <li key={field}>
              {samlFieldLabels[field]}
              {field === 'certificate' ? ' was replaced' : <>: now {describeValue(theirs.values, field)}</>}
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
