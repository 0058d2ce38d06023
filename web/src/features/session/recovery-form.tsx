import { Button, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useCountdown } from '../../components/use-countdown.ts'
import { messagesByField, type OperationError } from '../../graphql/operation-problem.ts'
import { problemOf, sendOperation } from '../../graphql/send-operation.ts'
import { UseRecoveryCode } from './front-door-operations.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

/** One of the codes that an owner stored when single sign-on became required. What was typed stays when it is refused. */
export function RecoveryForm({ onRecovered }: { onRecovered: (slug: string) => void }) {
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [loading, setLoading] = useState(false)
  const message = problem === null ? undefined : messagesByField(problem)['code']
  const wait = useCountdown(problem?.retryAfter ?? null)

  useEffect(() => field.current?.focus({ preventScroll: true }), [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    setLoading(true)
    try {
      const { useRecoveryCode: recovered } = await sendOperation(UseRecoveryCode, { input: { code } })
      onRecovered(recovered.organization.slug)
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
        <TextInput
          ref={field}
          label="Recovery code"
          description="Four groups of five letters and digits."
          placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          withAsterisk={false}
          value={code}
          error={message}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={loading} disabled={wait > 0}>
          Use the code
        </Button>
      </Stack>
    </form>
  )
}
