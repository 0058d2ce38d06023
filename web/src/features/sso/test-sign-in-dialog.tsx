import { Button, Group, Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { DiagnoseSection } from './diagnose-section.tsx'
import { TestSignInTrace } from './test-sign-in-trace.tsx'
import type { TestSignIn } from './use-test-sign-in.ts'

type Props = { connection: { organizationId: string; id: string; name: string }; testing: TestSignIn }

/** The trace beside the window in which somebody signs in. */
export function TestSignInDialog({ connection, testing }: Props) {
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false })
  useReturnFocus()
  return (
    <Modal opened onClose={testing.forget} title={`Test sign-in: ${connection.name}`} size={760} fullScreen={narrow}>
      <TestSignInTrace testing={testing} />
      <DiagnoseSection organizationId={connection.organizationId} connectionId={connection.id} />
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => void testing.start()}>
          Start again
        </Button>
        <Button onClick={testing.forget}>Close</Button>
      </Group>
    </Modal>
  )
}
