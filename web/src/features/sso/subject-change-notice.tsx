import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'

type Props = {
  /** How many are recognized by the subject as it is read now. */
  people: number
  busy: boolean
  onCancel: () => void
  onGoOn: () => void
}

/** Asks before members are recognized by something else than before. */
export function SubjectChangeNotice({ people, busy, onCancel, onGoOn }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => ref.current?.focus(), [])
  const known = people === 1 ? '1 person' : `${people.toLocaleString('en')} people`
  return (
    <Alert
      ref={ref}
      tabIndex={-1}
      color="amber"
      icon={<IconAlertTriangle size={18} aria-hidden="true" />}
      title={`This connection knows ${known} by the subject as it is now`}
    >
      <Text size="sm">
        Read from another attribute, they are strangers: whoever has no password here cannot sign in any more, and an
        attribute that two people share makes them one. Change it only if the new attribute holds the same values.
        Changing it back lets them in again.
      </Text>
      <Group gap="xs" mt="sm">
        <Button size="xs" variant="default" disabled={busy} onClick={onCancel}>
          Do not save
        </Button>
        <Button size="xs" color="red" loading={busy} onClick={onGoOn}>
          Change the subject and save
        </Button>
      </Group>
    </Alert>
  )
}
