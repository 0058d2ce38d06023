import { Button, Group, Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { TestSignInTrace } from './test-sign-in-trace.tsx'
import type { TestSignIn } from './use-test-sign-in.ts'

/** The trace beside the window in which somebody signs in. */
export function TestSignInDialog({ name, testing }: { name: string; testing: TestSignIn }) {
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false })
  useReturnFocus()
  return (
    <Modal opened onClose={testing.forget} title={`Test sign-in: ${name}`} size={760} fullScreen={narrow}>
      <TestSignInTrace testing={testing} />
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => void testing.start()}>
          Start again
        </Button>
        <Button onClick={testing.forget}>Close</Button>
      </Group>
    </Modal>
  )
}
