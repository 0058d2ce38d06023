import { Button } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { toastDone } from '../../components/toast.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { useEndSessions } from './use-end-sessions.ts'

/** Ends all but the present one, after a question. */
export function EndOtherSessions() {
  const [asking, setAsking] = useState(false)
  const { endOtherSessions } = useEndSessions()
  const end = async () => {
    const ended = await endOtherSessions()
    toastDone(ended === 1 ? 'One other session has ended' : `${ended} other sessions have ended`)
  }
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        End all others
      </Button>
      {asking && (
        <ConfirmDialog
          title="End all other sessions?"
          confirmLabel="End all others"
          danger
          onConfirm={end}
          onClose={() => setAsking(false)}
          explain={(error) => readOperationError(error).message}
        >
          You stay signed in here. All other browsers have to sign in again.
        </ConfirmDialog>
      )}
    </>
  )
}
