import { Button } from '@mantine/core'
import { useState } from 'react'
import { toastFailed } from '../../components/toast.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { SimulationResult } from './simulation-result.tsx'
import { type Simulation, useSimulateSignIn } from './use-simulate-sign-in.ts'

type Props = { organizationId: string; attemptId: string }

/** Looks at a stored attempt again, as things stand now. */
export function SimulateAttempt({ organizationId, attemptId }: Props) {
  const { simulate, loading } = useSimulateSignIn()
  const [found, setFound] = useState<Simulation | null>(null)
  const ask = () =>
    simulate({ organizationId, attemptId })
      .then(setFound)
      .catch((error: unknown) => toastFailed(readOperationError(error).message))
  return (
    <div>
      <Button size="xs" variant="default" my="sm" loading={loading} onClick={() => void ask()}>
        What would it do now?
      </Button>
      <div role="status">{found !== null && <SimulationResult simulation={found} />}</div>
    </div>
  )
}
