import { Button, PasswordInput, Stack } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useCountdown } from '../../components/use-countdown.ts'
import { messagesByField, type OperationError } from '../../graphql/operation-problem.ts'
import { problemOf, sendOperation } from '../../graphql/send-operation.ts'
import { SignIn } from './front-door-operations.ts'
import { rememberSignIn } from './last-sign-in.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

/** The password of the address that was given. What was typed stays when the server refuses. */
export function PasswordStep({ email, onSignedIn }: { email: string; onSignedIn: () => void }) {
  const [password, setPassword] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [loading, setLoading] = useState(false)
  const message = problem === null ? undefined : messagesByField(problem)['password']
  const wait = useCountdown(problem?.retryAfter ?? null)

  useEffect(() => field.current?.focus({ preventScroll: true }), [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    setLoading(true)
    try {
      await sendOperation(SignIn, { input: { email, password } })
      rememberSignIn({ email, connectionId: null })
      onSignedIn()
    } catch (error) {
      setProblem(problemOf(error))
      setLoading(false)
      field.current?.select()
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {problem !== null && message === undefined && (
          <Problem message={wait > 0 ? tooManyAttempts(wait) : problem.message} reference={problem.requestId} />
        )}
        {problem?.loginUrls.map(({ name, url }) => (
          <Button key={url} component="a" href={url} fullWidth>
            Continue with {name}
          </Button>
        ))}
        {/* Tells a password manager whose password this is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          ref={field}
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          error={message}
          aria-invalid={message !== undefined}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
        />
        <Button type="submit" fullWidth loading={loading} disabled={wait > 0}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
