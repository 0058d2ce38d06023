import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useCountdown } from '../../components/use-countdown.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { useSignIn } from './use-sign-in.ts'

/** E-mail address and password. What was typed stays when the server refuses. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const passwordField = useRef<HTMLInputElement>(null)
  const { signIn, loading, error } = useSignIn()
  const problem = error === undefined ? null : readOperationError(error)
  const wait = useCountdown(problem?.retryAfter ?? null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await signIn({ email, password })
      onSignedIn()
    } catch {
      passwordField.current?.select()
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {problem !== null && <Problem message={wait > 0 ? tooMany(wait) : problem.message} />}
        <TextInput
          label="E-mail address"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
        />
        <Button type="submit" fullWidth mt={4} loading={loading} disabled={wait > 0}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}

const tooMany = (seconds: number): string =>
  `Too many attempts. You can try again in ${seconds >= 120 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`}.`
