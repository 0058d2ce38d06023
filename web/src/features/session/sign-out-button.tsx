import { Button } from '@mantine/core'
import { useSignOut } from './use-sign-out.ts'

export function SignOutButton() {
  const { signOut, loading } = useSignOut()
  return (
    <Button variant="default" fullWidth loading={loading} onClick={() => void signOut()}>
      Sign out
    </Button>
  )
}
