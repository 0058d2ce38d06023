import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { CopyableValue } from '../../components/copyable-value.tsx'

type Props = { secret: string; onDone: () => void }

/** The form that had the focus is gone: the step that replaces it is read from its beginning. */
const takeFocus = (step: HTMLElement | null): void => step?.focus({ preventScroll: true })

/** The only time that the secret is seen. */
export function AccessTokenSecret({ secret, onDone }: Props) {
  return (
    <Stack gap="md" ref={takeFocus} tabIndex={-1}>
      <Alert color="amber" icon={<IconAlertTriangle size={18} aria-hidden="true" />}>
        <Text size="sm">
          Copy it now and put it where your script reads it. It is not shown again: only its hash is kept.
        </Text>
      </Alert>
      <CopyableValue
        label="Secret"
        description={
          <>
            Sent with every request as <Code>Authorization: Bearer …</Code>
          </>
        }
        value={secret}
      />
      <Group justify="flex-end">
        <Button onClick={onDone}>I have stored it</Button>
      </Group>
    </Stack>
  )
}
