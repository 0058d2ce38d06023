import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import { failureOf, type SignInFailureReason } from '../protocol/sign-in-failure.ts'
import { whereToFix } from '../protocol/where-to-fix.ts'
import { entraErrorPage, entraHint } from '../saml/entra-error.ts'
import { type Diagnosis, diagnosis, type Looking } from './diagnosis.ts'

/** Where it is mended, as one sentence; empty when nothing is to be set, or no connection is looked at. */
function placeOf(reason: SignInFailureReason, checks: readonly SignInCheck[], looking: Looking): string[] {
  const ours = looking && { ...looking.connection, ...looking.urls }
  const where = ours && whereToFix(reason, checks, ours)
  if (where === null) return []
  return [where.value === null ? where.place : `${where.place}: ${where.value}`]
}

export function explainEntraError(code: string, looking: Looking): Diagnosis {
  const hint = entraHint(code)
  const words = [check('status', 'Status', false, null, `AADSTS${code}`)]
  const place = hint === null ? [] : placeOf('STATUS_NOT_SUCCESS', words, looking)
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
  looking: Looking,
  attempt: { advice: string | null; checks: SignInCheck[]; notReached: string[] } | null,
): Diagnosis {
  const failure = failureOf(reason)
  const { checks, notReached } = attempt ?? { checks: [], notReached: [] }
  const whatToDo = [attempt?.advice ?? failure.advice, ...placeOf(reason, checks, looking)]
  return diagnosis('OUR_REFUSAL', `A sign-in that was refused here: ${reason}`, failure.publicMessage, whatToDo, {
    checks,
    notReached,
  })
}
