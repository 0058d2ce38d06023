import { useEffect, useState } from 'react'
import { sendOperation } from '../../graphql/send-operation.ts'
import { SetupRequired } from './front-door-operations.ts'

/** True once the server has said that there is no organization yet; whoever signs in before finds out otherwise. */
export function useSetupRequired(): boolean {
  const [required, setRequired] = useState(false)
  useEffect(() => {
    sendOperation(SetupRequired, {}).then(
      ({ setupRequired }) => setRequired(setupRequired),
      () => {},
    )
  }, [])
  return required
}
