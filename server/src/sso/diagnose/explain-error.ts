import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import { failureOf, type SignInFailureReason } from '../protocol/sign-in-failure.ts'
import type { OurSide } from '../protocol/where-to-fix.ts'
import { entraErrorPage, entraHint } from '../saml/entra-error.ts'
import { type Diagnosis, diagnosis, placeOf } from './diagnosis.ts'

export function explainEntraError(code: string, ours: OurSide | null): Diagnosis {
  const hint = entraHint(code)
  const words = [check('status', 'Status', false, null, `AADSTS${code}`)]
  const place = hint === null ? [] : placeOf('STATUS_NOT_SUCCESS', words, ours)
  return diagnosis(
    'ENTRA_ERROR',
    `Microsoft Entra refused: AADSTS${code}`,
    hint ?? 'This is an error of Microsoft Entra that we have no advice of our own for.',
    [
      ...place,
      `Microsoft explains the code at ${entraErrorPage(code)}`,
      'Entra’s page shows a Correlation ID and a time: an Entra administrator finds the sign-in by them under Sign-in logs.',
    ],
  )
}

const googleHints: Record<string, string> = {
  app_not_configured:
    'Google knows no SAML application with our Entity ID. Compare Entity ID in Service provider details.',
  app_not_configured_for_user:
    'Google has no SAML application with our Entity ID for this person. Compare Entity ID in Service provider details, and User access.',
  app_not_enabled: 'The application is switched off. Set User access to ON.',
  app_not_enabled_for_user:
    'The application is switched off for this person. Set User access to ON for their unit or group.',
}

export function explainGoogleError(code: string): Diagnosis {
  const hint = googleHints[code] ?? 'Google did not accept our request, or has no value for what it must send.'
  const where = 'Google Admin console: Apps → Web and mobile apps → your application'
  return diagnosis('GOOGLE_ERROR', `Google Workspace refused: ${code}`, hint, [where])
}

/** One of our own refusals. @param attempt what is recorded of it, when the reference was given. */
export function explainOurRefusal(
  reason: SignInFailureReason,
  ours: OurSide | null,
  attempt: { advice: string | null; checks: SignInCheck[]; notReached: string[] } | null,
): Diagnosis {
  const failure = failureOf(reason)
  const { checks, notReached } = attempt ?? { checks: [], notReached: [] }
  const whatToDo = [attempt?.advice ?? failure.advice, ...placeOf(reason, checks, ours)]
  return diagnosis('OUR_REFUSAL', `A sign-in that was refused here: ${reason}`, failure.publicMessage, whatToDo, {
    checks,
    notReached,
  })
}
