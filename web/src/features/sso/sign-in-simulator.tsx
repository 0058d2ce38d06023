import { Button, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { RoleMappingInput } from '../../graphql/generated/graphql.ts'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { SimulationResult } from './simulation-result.tsx'
import { type Simulation, useSimulateSignIn } from './use-simulate-sign-in.ts'

type Props = {
  organizationId: string
  connectionId: string
  /** Rules that are not saved yet; absent: those of the connection. */
  mappings?: RoleMappingInput[]
}

/** Says for an e-mail address what a sign-in through the connection would do now, and why. */
export function SignInSimulator({ organizationId, connectionId, mappings }: Props) {
  const { simulate, loading } = useSimulateSignIn()
  const [email, setEmail] = useState('')
  const [found, setFound] = useState<Simulation | null>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)

  const ask = async () => {
    setProblem(null)
    try {
      const input = { organizationId, connectionId, email, ...(mappings === undefined ? {} : { mappings }) }
      setFound(await simulate(input))
    } catch (error) {
      setFound(null)
      setProblem(readOperationError(error))
    }
  }
  return (
    <Stack gap="sm">
      <TextInput
        label="E-mail address of a person"
        description="Goes by what the identity provider said of them last. Nobody is signed in and nothing changes."
        placeholder="ada@example.com"
        inputMode="email"
        autoComplete="off"
        spellCheck={false}
        value={email}
        error={problem === null ? null : (messagesByField(problem)['email'] ?? problem.message)}
        onChange={(event) => {
          setEmail(event.currentTarget.value)
          setFound(null)
          setProblem(null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // It stands in a form that saves something else.
          event.preventDefault()
          void ask()
        }}
      />
      <div>
        <Button size="xs" variant="default" loading={loading} disabled={email.trim() === ''} onClick={() => void ask()}>
          What would happen?
        </Button>
      </div>
      <div role="status">{found !== null && <SimulationResult simulation={found} />}</div>
    </Stack>
  )
}
