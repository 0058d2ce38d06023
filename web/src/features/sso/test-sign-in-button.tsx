import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { TestSignIn } from './use-test-sign-in.ts'

type Props = { testing: TestSignIn; size?: string; primary?: boolean }

/** Signs in at the identity provider, in a window of its own, without signing anybody in here. */
export function TestSignInButton({ testing, size = 'sm', primary = false }: Props) {
  return (
    <Button
      size={size}
      variant={primary ? 'filled' : 'default'}
      aria-busy={testing.starting}
      rightSection={<IconExternalLink size={15} aria-label="(opens a new window)" />}
      onClick={() => void testing.start()}
    >
      Test sign-in
    </Button>
  )
}
