import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { useLinkSsoIdentity } from './use-link-sso-identity.ts'

export const LinkAccountForm_pendingSsoLink = graphql(`
  fragment LinkAccountForm_pendingSsoLink on PendingSsoLink {
    email
    organizationName
    connectionName
    viewerIsUser
    userHasPassword
  }
`)

type Props = {
  pending: FragmentType<typeof LinkAccountForm_pendingSsoLink>
  token: string
  onLinked: (returnPath: string) => void
}

/** The person proves that the existing account is theirs, knowing what they allow with it. */
export function LinkAccountForm({ pending, token, onLinked }: Props) {
  const link = unmask(LinkAccountForm_pendingSsoLink, pending)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<OperationError | null>(null)
  const { linkSsoIdentity, loading } = useLinkSsoIdentity()
  const passwordMessage = problem === null ? undefined : messagesByField(problem)['password']

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      onLinked(await linkSsoIdentity({ token, password: link.viewerIsUser ? null : password }))
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }

  if (!link.viewerIsUser && !link.userHasPassword) {
    return (
      <Text size="sm">
        The account has no password. Sign in the way you usually do, in this browser, then come back to this address:
        you will then be asked to confirm with one button.
      </Text>
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Text size="sm">
          Whoever controls that identity provider will be able to sign in as you. Go on only if you trust{' '}
          {link.organizationName} with that.
        </Text>
        {problem !== null && passwordMessage === undefined && (
          <Problem message={problem.message} reference={problem.requestId} />
        )}
        {link.viewerIsUser ? (
          <Text size="sm">You are signed in as {link.email}, so nothing more is needed to prove it.</Text>
        ) : (
          <>
            <input type="hidden" name="username" autoComplete="username" value={link.email} readOnly />
            <PasswordInput
              label={`Password of ${link.email}`}
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              error={passwordMessage}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
            />
          </>
        )}
        <Button type="submit" fullWidth loading={loading}>
          Connect and sign in
        </Button>
      </Stack>
    </form>
  )
}
