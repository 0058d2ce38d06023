import { useState } from 'react'
import { type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { type StartedTest, useStartTestSignIn } from './use-start-test-sign-in.ts'

const windowFeatures = 'popup,width=560,height=760'

/** A window that knows nothing of ours: what is shown in it comes from another site. */
export function openTestWindow(): Window | null {
  const opened = window.open('', '', windowFeatures)
  if (opened !== null) opened.opener = null
  return opened
}

/**
 * A test sign-in in a window of its own. The window is opened by the click itself, empty, because a browser lets no
 * window be opened later, when the server has answered.
 */
export function useTestSignIn(connectionId: string) {
  const { startTestSignIn, loading } = useStartTestSignIn()
  const [test, setTest] = useState<(StartedTest & { blocked: boolean }) | null>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)

  const start = async () => {
    const opened = openTestWindow()
    setTest(null)
    setProblem(null)
    try {
      const started = await startTestSignIn(connectionId)
      if (started === null) return opened?.close()
      if (opened !== null) opened.location.href = started.url
      setTest({ ...started, blocked: opened === null })
    } catch (error) {
      opened?.close()
      setProblem(readOperationError(error))
    }
  }
  const forget = () => {
    setTest(null)
    setProblem(null)
  }
  return { test, problem, start, forget, starting: loading }
}

export type TestSignIn = ReturnType<typeof useTestSignIn>
