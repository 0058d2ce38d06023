import { useEffect, useState } from 'react'
import type { OperationError } from '../../graphql/operation-problem.ts'
import { problemOf, sendOperation } from '../../graphql/send-operation.ts'
import { SignInOptions } from './front-door-operations.ts'

type Known = { email: string; options: SignInOptions | null; problem: OperationError | null }

/**
 * How an address signs in: asked by `find` when it is given, and again by itself when a step is opened whose answer is
 * not known, such as after the page was loaded again.
 */
export function useSignInOptions(email: string | null, returnTo: string | null) {
  const [known, setKnown] = useState<Known | null>(null)

  const find = async (address: string): Promise<SignInOptions> => {
    const { signInOptions } = await sendOperation(SignInOptions, { email: address, returnTo })
    setKnown({ email: signInOptions.email, options: signInOptions, problem: null })
    return signInOptions
  }

  const isKnown = email === null || known?.email === email
  useEffect(() => {
    if (isKnown || email === null) return
    let wanted = true
    sendOperation(SignInOptions, { email, returnTo }).then(
      ({ signInOptions }) => wanted && setKnown({ email, options: signInOptions, problem: null }),
      (error: unknown) => wanted && setKnown({ email, options: null, problem: problemOf(error) }),
    )
    return () => {
      wanted = false
    }
  }, [isKnown, email, returnTo])

  const current = email !== null && known?.email === email ? known : null
  return {
    find,
    options: current?.options ?? null,
    problem: current?.problem ?? null,
    retry: () => setKnown(null),
  }
}
