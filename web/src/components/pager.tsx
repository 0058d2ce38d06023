import { Button, Group, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'

type Props = {
  summary: string
  previousLabel?: string
  nextLabel?: string
  onPrevious: (() => void) | null
  onNext: (() => void) | null
}

/** Steps through a list. A direction without anything in it is null. */
export function Pager({ summary, previousLabel = 'Previous', nextLabel = 'Next', onPrevious, onNext }: Props) {
  return (
    <Group justify="space-between" mt="md" gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {summary}
      </Text>
      {(onPrevious !== null || onNext !== null) && (
        <Group gap="xs" role="group" aria-label="Pages of the list">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconChevronLeft size={15} aria-hidden="true" />}
            disabled={onPrevious === null}
            onClick={onPrevious ?? undefined}
          >
            {previousLabel}
          </Button>
          <Button
            size="xs"
            variant="default"
            rightSection={<IconChevronRight size={15} aria-hidden="true" />}
            disabled={onNext === null}
            onClick={onNext ?? undefined}
          >
            {nextLabel}
          </Button>
        </Group>
      )}
    </Group>
  )
}
