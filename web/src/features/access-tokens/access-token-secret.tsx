import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { CopyableValue } from '../../components/copyable-value.tsx'

type Props = { secret: string; onDone: () => void }

/** The only time that the secret is seen. */
export function AccessTokenSecret({ secret, onDone }: Props) {
  return (
    <Stack gap="md">
      <Alert color="amber" icon={<IconAlertTriangle size={18} aria-hidden="true" />}>
        <Text size="sm">
          Copy it now and put it where your script reads it. It is not shown again: only its hash is kept.
        </Text>
      </Alert>
      <CopyableValue label="Secret" value={secret} />
      <div>
        <Text size="sm" mb={6}>
          Send it with every request to <Code>/graphql</Code>:
        </Text>
        <Code block>Authorization: Bearer gatehouse_…</Code>
      </div>
      <Group justify="flex-end">
        <Button onClick={onDone}>I have stored it</Button>
      </Group>
    </Stack>
  )
}
