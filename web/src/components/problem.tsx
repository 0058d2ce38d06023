import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'

type Props = {
  title?: string
  message: string
  /** What to quote when asking for help. */
  reference?: string | null
  retryLabel?: string
  onRetry?: () => void
}

/** Something did not work: what, and what to do. */
export function Problem({ title, message, reference = null, retryLabel = 'Try again', onRetry }: Props) {
  return (
    <Alert color="red" variant="light" title={title} icon={<IconAlertTriangle size={18} aria-hidden="true" />}>
      <Text size="sm">{message}</Text>
      {reference !== null && !message.includes(reference) && (
        <Text size="xs" mt={6} c="dimmed">
          Reference {reference}
        </Text>
      )}
      {onRetry !== undefined && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            {retryLabel}
          </Button>
        </Group>
      )}
    </Alert>
  )
}
