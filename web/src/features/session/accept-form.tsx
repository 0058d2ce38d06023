import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useCountdown } from '../../components/use-countdown.ts'
import { messagesByField, type OperationError } from '../../graphql/operation-error.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

type Props = {
  email: string
  organizationName: string
  /** There is another way in, which comes first. */
  second: boolean
  problem: OperationError | null
  busy: boolean
  onSubmit: (input: { name: string | null; password: string }) => void
}

/** For whoever is not signed in: a new account, or the password of the one there is. Nothing here tells which. */
export function AcceptForm({ email, organizationName, second, problem, busy, onSubmit }: Props) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const messages = problem === null ? {} : messagesByField(problem)
  const wait = useCountdown(problem?.retryAfter ?? null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit({ name: name.trim() === '' ? null : name, password })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {problem !== null && Object.keys(messages).length === 0 && (
          <Problem message={wait > 0 ? tooManyAttempts(wait) : problem.message} reference={problem.requestId} />
        )}
        <TextInput
          label="Your name"
          description="Optional. The others see it beside your address."
          autoComplete="name"
          value={name}
          error={messages['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {/* Tells a password manager whose password this is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label="Password"
          name="password"
          description={`New here? Choose one of at least 12 characters. If ${email} has an account already, enter its password.`}
          required
          withAsterisk={false}
          value={password}
          error={messages['password']}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
        />
        <Button type="submit" variant={second ? 'default' : 'filled'} fullWidth loading={busy} disabled={wait > 0}>
          Join {organizationName}
        </Button>
      </Stack>
    </form>
  )
}
