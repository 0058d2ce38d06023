import { samlFailures } from './saml-failures.ts'
import type { SignInCheck } from './sign-in-check.ts'
import type { SignInFailureReason } from './sign-in-failure.ts'
import { type OidcSide, whereToFixOidc } from './where-to-fix-oidc.ts'
import { type Place, type SamlSide, whereToFixSaml } from './where-to-fix-saml.ts'

export type OurSide = SamlSide | OidcSide

const isSamls = (reason: SignInFailureReason): reason is keyof typeof samlFailures =>
  Object.hasOwn(samlFailures, reason)

/** Where a refused sign-in is mended, whatever the protocol. Null where nothing is to be set. */
export function whereToFix(reason: SignInFailureReason, checks: readonly SignInCheck[], ours: OurSide): Place | null {
  if ('clientId' in ours) return whereToFixOidc(reason, ours)
  return isSamls(reason) ? whereToFixSaml(reason, checks, ours) : null
}
