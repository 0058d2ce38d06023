import { missingSettings } from '../missing-settings.ts'
import { notReachedChecks } from '../protocol/check-order.ts'
import type { SignInCheck } from '../protocol/sign-in-check.ts'
import { failureOf } from '../protocol/sign-in-failure.ts'
import { readIdentity } from '../saml/read-identity.ts'
import { defaultClockSkewSeconds, type Trust, type VerifiedResponse, verifyResponse } from '../saml/verify-response.ts'
import { trustedCertificates } from '../saml-connection-view.ts'
import { type Diagnosis, diagnosis, type Looking, placeOf, sideOf } from './diagnosis.ts'

/** Checks that fail by themselves when a response is looked at later than it was made. */
const ofTime = new Set(['issueInstant', 'notOnOrAfter', 'confirmationNotOnOrAfter', 'sessionNotOnOrAfter'])

/** True for a failure that comes of looking at the response later; one from the future was wrong when it was made. */
const isOld =
  (outcome: VerifiedResponse) =>
  ({ name, passed }: SignInCheck): boolean =>
    !passed && ofTime.has(name) && (outcome.ok || outcome.reason !== 'NOT_YET_VALID')

/** Without our keys: a box that decrypts whatever is pasted would answer the questions that a sign-in answers once. */
function trustOf({ connection, urls }: NonNullable<Looking>): Trust {
  const { spEntityId, idpEntityId, requestedAuthnContext } = connection
  return {
    spEntityId,
    idpEntityId,
    acsUrl: urls.acsUrl,
    certificates: trustedCertificates(connection),
    decryption: { keys: [], allowCbc: false },
    clockSkewSeconds: defaultClockSkewSeconds,
    requestedAuthnContext,
  }
}

/** Who it is, as the connection reads it: of whatever was signed, even when the rest does not hold. */
function identityChecks(outcome: VerifiedResponse, { connection }: NonNullable<Looking>): SignInCheck[] {
  const claims = outcome.ok ? outcome.assertion : outcome.signed
  return claims === null ? [] : readIdentity(claims, connection.attributeMapping).checks
}

const forms = {
  encoded: 'as it was posted',
  deflated: 'deflated, as it stands in an address; the redirect URL takes it by HTTP-POST only',
  xml: 'as XML; when a viewer has indented it, its signature does not fit any more',
}

const noSignIn =
  'It is only looked at: nobody is signed in by it, nothing of it is kept, and whether it was used before is not asked.'

const encrypted =
  'It is encrypted for this connection, and what is inside is opened in a sign-in only. Use Test sign-in: it shows every check.'

/** Runs the checks of a sign-in over a pasted response, against the connection as it is. */
export function explainResponse(xml: string, form: keyof typeof forms, looking: Looking, now: Date): Diagnosis {
  const title = 'A SAML response'
  const what = `This is a SAML response, ${forms[form]}. ${noSignIn}`
  if (looking === null) {
    return diagnosis('SAML_RESPONSE', title, what, ['Paste it on the page of its connection, to see every check.'])
  }
  const missing = missingSettings(looking.connection)
  if (looking.connection.idpCertificates.length === 0) {
    return diagnosis('SAML_RESPONSE', title, what, [`Fill in ${missing.join(' and ')} first, then paste it again.`])
  }
  const samlResponse = Buffer.from(xml, 'utf8').toString('base64')
  const outcome = verifyResponse({ samlResponse, trust: trustOf(looking), now })
  if (!outcome.ok && outcome.reason === 'ASSERTION_ENCRYPTED') {
    const passed = outcome.checks.filter((check) => check.passed)
    return diagnosis('SAML_RESPONSE', title, what, [encrypted], { checks: passed, notReached: missed(passed) })
  }
  const checks = [...outcome.checks, ...identityChecks(outcome, looking)]
  return diagnosis('SAML_RESPONSE', title, what, advise(checks, outcome, looking), {
    checks,
    notReached: checks.some(({ passed }) => !passed) ? missed(checks) : [],
  })
}

/** What depends on our own records and on the browser is not looked at here, so that it is not missed either. */
const missed = (checks: SignInCheck[]): string[] =>
  notReachedChecks(checks).filter(
    (title) => !['Answers a request of ours', 'Same browser', 'First use of this assertion'].includes(title),
  )

function advise(checks: SignInCheck[], outcome: VerifiedResponse, looking: NonNullable<Looking>): string[] {
  const old = checks.some(isOld(outcome))
  const age = old
    ? ['Its times have passed since it was made, which is no fault of a response that is pasted later.']
    : []
  const failed = checks.filter((check) => !check.passed && !isOld(outcome)(check))
  if (failed.length === 0) {
    return [
      ...age,
      old ? 'Everything else is as this connection expects it.' : 'All of it is as this connection expects it.',
    ]
  }
  const reason = outcome.ok || outcome.reason === 'EXPIRED' ? null : outcome.reason
  return [
    `Failed: ${failed.map(({ title }) => title).join(', ')}. Compare expected and actual below.`,
    ...(reason === null ? [] : [(!outcome.ok && outcome.advice) || failureOf(reason).advice]),
    ...(reason === null ? [] : placeOf(reason, checks, sideOf({ saml: looking, oidc: null }))),
    ...age,
  ]
}
