import { Button, Code, Group, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useCopy } from '../../../components/use-copy.ts'
import classes from './setup-guide.module.css'

/** A text of several lines that somebody carries elsewhere. */
export function CopyableText({ label, text }: { label: string; text: string }) {
  const { copied, copy } = useCopy()
  return (
    <div>
      <Group justify="space-between" mb={6} gap="xs">
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Group gap={8}>
          <Text component="span" size="xs" c="dimmed" aria-live="polite">
            {copied ? 'Copied' : ''}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Copy ${label}`}
            leftSection={
              copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />
            }
            onClick={() => void copy(text)}
          >
            Copy
          </Button>
        </Group>
      </Group>
      {/* It scrolls, and so the keyboard has to reach it. */}
      <Code block className={classes['text'] ?? ''} tabIndex={0} role="region" aria-label={label}>
        {text}
      </Code>
    </div>
  )
}
