import type { Failure } from './failure.ts'
import { oidcFailures } from './oidc-failures.ts'
import { samlFailures } from './saml-failures.ts'

/** Every reason for which a sign-in is refused, whatever the protocol. */
export const signInFailures = { ...samlFailures, ...oidcFailures }

export type SignInFailureReason = keyof typeof signInFailures

/** True for a reason that is known now; attempts keep those of older versions. */
export const isReason = (text: string): text is SignInFailureReason => Object.hasOwn(signInFailures, text)

/** The row of a reason; of INTERNAL_ERROR for one that is stored but no longer known. */
export const failureOf = (reason: string): Failure => signInFailures[isReason(reason) ? reason : 'INTERNAL_ERROR']
