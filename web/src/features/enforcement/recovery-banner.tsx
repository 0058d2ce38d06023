import { Alert, Text } from '@mantine/core'
import { IconLifebuoy } from '@tabler/icons-react'
import { TimeLeft } from './time-left.tsx'

/** What a session that a recovery code opened is for, and how long it lasts. */
export function RecoveryBanner({ expiresAt }: { expiresAt: string }) {
  return (
    <Alert
      color="amber"
      mb="xl"
      icon={<IconLifebuoy size={18} aria-hidden="true" />}
      title="You came in by a recovery code"
    >
      <Text size="sm">
        You can repair single sign-on here, or stop requiring it, and nothing else. You are signed out in{' '}
        <TimeLeft until={expiresAt} />. Every owner is told that the code was used.
      </Text>
    </Alert>
  )
}
