import { Anchor, Button, Group, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useCountdown } from '../../components/use-countdown.ts'
import { messagesByField, type OperationError } from '../../graphql/operation-problem.ts'
import { problemOf } from '../../graphql/send-operation.ts'
import { forgetSignIn, readLastSignIn } from './last-sign-in.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

type Props = {
  email: string
  onEmail: (email: string) => void
  /** Finds out how the address signs in, and leads on. Its error is shown here. */
  onContinue: (email: string) => Promise<void>
  /** Whatever else this browser remembers of the person. */
  onForget: () => void
}

/** Who signs in: an address, from which the rest follows. */
export function EmailStep({ email, onEmail, onContinue, onForget }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [loading, setLoading] = useState(false)
  const [remembered, setRemembered] = useState(readLastSignIn)
  const [forgotten, setForgotten] = useState(false)
  const wait = useCountdown(problem?.retryAfter ?? null)
  const message = problem === null ? undefined : messagesByField(problem)['email']

  useEffect(() => field.current?.focus({ preventScroll: true }), [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    setLoading(true)
    try {
      await onContinue(email)
    } catch (error) {
      setProblem(problemOf(error))
      field.current?.focus()
    } finally {
      setLoading(false)
    }
  }

  const forget = () => {
    forgetSignIn()
    onForget()
    setRemembered(null)
    setForgotten(true)
    onEmail('')
    field.current?.focus()
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {problem !== null && message === undefined && (
          <Problem message={wait > 0 ? tooManyAttempts(wait) : problem.message} reference={problem.requestId} />
        )}
        <TextInput
          ref={field}
          label="E-mail address"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          error={message}
          onChange={(event) => onEmail(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={loading} disabled={wait > 0}>
          Continue
        </Button>
        {remembered !== null && (
          <Group justify="center" gap={6}>
            <Text size="sm" c="dimmed">
              This browser remembers your address.
            </Text>
            <Anchor component="button" type="button" size="sm" underline="always" onClick={forget}>
              Forget it
            </Anchor>
          </Group>
        )}
        <VisuallyHidden aria-live="polite">{forgotten ? 'The address is forgotten.' : ''}</VisuallyHidden>
      </Stack>
    </form>
  )
}
