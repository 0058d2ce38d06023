import { Button, Stack } from '@mantine/core'
import { Problem } from '../../components/problem.tsx'
import { readOperationError } from '../../graphql/operation-error.ts'
import { useSignOut } from './use-sign-out.ts'

export function SignOutButton() {
  const { signOut, loading, error } = useSignOut()
  return (
    <Stack gap="md">
      {error !== undefined && <Problem message={readOperationError(error).message} />}
      <Button variant="default" fullWidth loading={loading} onClick={() => void signOut().catch(() => {})}>
        Sign out
      </Button>
    </Stack>
  )
}
