import { describe, expect, test } from 'vitest'
import { messageForIdpAdministrator } from './message-for-idp-administrator.ts'
import { oidcFailures } from './oidc-failures.ts'
import { samlFailures } from './saml-failures.ts'
import { check } from './sign-in-check.ts'
import { type SignInFailureReason, signInFailures } from './sign-in-failure.ts'
import { whereToFix } from './where-to-fix.ts'
import type { OidcSide } from './where-to-fix-oidc.ts'
import type { SamlSide } from './where-to-fix-saml.ts'

const ours: SamlSide = {
  spEntityId: 'acme',
  acsUrl: 'https://sso.example.com/sso/sso_1/acs',
  loginUrl: 'https://sso.example.com/sso/sso_1/login',
  idpSsoUrl: 'https://login.microsoftonline.com/0f1e/saml2',
  idpEntityId: 'https://sts.windows.net/0f1e/',
}
const okta: OidcSide = {
  protocol: 'OKTA',
  issuer: 'https://acme.okta.com',
  clientId: '0oa1',
  redirectUri: 'https://sso.example.com/sso/sso_2/callback',
  loginUrl: 'https://sso.example.com/sso/sso_2/login',
}
const others: Record<string, string> = {
  Okta: 'https://acme.okta.com/app/x/sso/saml',
  'Google Workspace': 'https://accounts.google.com/o/saml2/idp?idpid=C01',
  'AD FS': 'https://sts.acme.example/adfs/ls/',
  Keycloak: 'https://id.acme.example/realms/acme/protocol/saml',
  'At the identity provider': 'https://idp.acme.example/sso',
}

/** No setting helps: the software that makes responses, the clocks, or the member, who tries again. */
const nothingToSet: SignInFailureReason[] = [
  'CONNECTION_NOT_FOUND',
  'RESPONSE_MALFORMED',
  'RESPONSE_NOT_ALLOWED',
  'VERSION_UNSUPPORTED',
  'ASSERTION_COUNT',
  'SUBJECT_CONFIRMATION_MISSING',
  'CONDITIONS_MISSING',
  'CONDITION_UNKNOWN',
  'NOT_YET_VALID',
  'EXPIRED',
  'LIFETIME_INVALID',
  'AUTHN_STATEMENT_MISSING',
  'IN_RESPONSE_TO_MISMATCH',
  'REQUEST_UNKNOWN',
  'REQUEST_EXPIRED',
  'REQUEST_USED',
  'REQUEST_FROM_OTHER_BROWSER',
  'COMPLETION_EXPIRED',
  'SIGN_IN_CANCELLED',
  'ASSERTION_REPLAYED',
  'ACCOUNT_EXISTS',
  'SESSION_ENDED_BY_IDP',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
]

describe('whereToFix', () => {
  test('names the field in Entra’s console, and our value for it', () => {
    expect(whereToFix('AUDIENCE_MISMATCH', [], ours)).toEqual({
      at: 'IDP',
      place:
        'Microsoft Entra: Enterprise applications → your application → Single sign-on → Basic SAML Configuration → Identifier (Entity ID)',
      value: 'acme',
    })
    expect(whereToFix('RECIPIENT_MISMATCH', [], ours)).toMatchObject({
      place: expect.stringContaining('Reply URL (Assertion Consumer Service URL)'),
      value: ours.acsUrl,
    })
    expect(whereToFix('IDP_INITIATED_NOT_ALLOWED', [], ours)).toMatchObject({ value: ours.loginUrl })
  })

  test.each(Object.entries(others))('speaks the words of %s', (name, idpSsoUrl) => {
    const where = whereToFix('AUDIENCE_MISMATCH', [], { ...ours, idpSsoUrl, idpEntityId: null })
    expect(where).toMatchObject({ at: 'IDP', value: 'acme' })
    expect(where?.place.startsWith(`${name}: `)).toBe(true)
  })

  test.each([
    ['AADSTS700016: Application with identifier acme was not found', 'Identifier (Entity ID)', 'acme'],
    ['AADSTS50011: The reply URL does not match', 'Reply URL', ours.acsUrl],
    ['AADSTS50105: The signed in user is not assigned', 'Users and groups', null],
  ])('goes by the code in Entra’s own refusal: %s', (words, field, value) => {
    const checks = [check('status', 'Status', false, 'Success', `Requester: ${words}`)]
    expect(whereToFix('STATUS_NOT_SUCCESS', checks, ours)).toMatchObject({
      place: expect.stringContaining(field),
      value,
    })
  })

  test('takes Entra’s code for Entra, whatever the addresses look like', () => {
    const checks = [check('status', 'Status', false, 'Success', 'Requester: AADSTS50011: no match')]
    const hidden = { ...ours, idpSsoUrl: 'https://proxy.acme.example/sso', idpEntityId: null }
    expect(whereToFix('STATUS_NOT_SUCCESS', checks, hidden)?.place).toContain('Microsoft Entra: ')
  })

  test('points to no setting for a code that is about none', () => {
    const checks = [check('status', 'Status', false, 'Success', 'Responder: AADSTS53003: blocked')]
    expect(whereToFix('STATUS_NOT_SUCCESS', checks, ours)).toBeNull()
  })

  test('points into Gatehouse for what is set here', () => {
    expect(whereToFix('MEMBER_SUSPENDED', [], ours)).toMatchObject({ at: 'GATEHOUSE', value: null })
  })

  test('points nowhere when it helps to try again', () => {
    expect(whereToFix('REQUEST_USED', [], ours)).toBeNull()
  })

  test.each([
    ['subject', 'Unique User Identifier (Name ID)'],
    ['email', 'emailaddress: user.mail'],
  ])('tells by the check that failed which attribute came twice: %s', (name, field) => {
    const checks = [check('subject', 'Subject', name !== 'subject', null, null), check('email', '', false, null, null)]
    expect(whereToFix('ATTRIBUTE_AMBIGUOUS', checks, ours)?.place).toContain(field)
  })

  test.each([ours.idpSsoUrl, ...Object.values(others)])(
    'has a place for every reason, but for these: %s',
    (idpSsoUrl) => {
      const at = { ...ours, idpSsoUrl, idpEntityId: null }
      const reasons = Object.keys(samlFailures) as SignInFailureReason[]
      const placed = reasons.map((reason) => [reason, whereToFix(reason, [], at)?.place ?? null] as const)
      expect(placed.filter(([, place]) => place === null).map(([reason]) => reason)).toEqual(nothingToSet)
      expect(placed.filter(([, place]) => place !== null && !/ → |: (no setting of|PowerShell: )/.test(place))).toEqual(
        [],
      )
    },
  )
})

describe('whereToFix with OpenID Connect', () => {
  test('points into Okta’s console, with our exact value', () => {
    expect(whereToFix('CODE_REFUSED', [], okta)).toEqual({
      at: 'IDP',
      place: 'Okta: Applications → your application → General → LOGIN → Sign-in redirect URIs',
      value: okta.redirectUri,
    })
    expect(whereToFix('INITIATOR_MISMATCH', [], okta)?.value).toBe(okta.loginUrl)
    expect(whereToFix('AUTHORIZATION_REFUSED', [], okta)?.place).toContain('Assignments')
  })

  test.each(['OKTA', 'OIDC'] as const)('has a place for every reason, but for these: %s', (protocol) => {
    const reasons = Object.keys(oidcFailures) as SignInFailureReason[]
    expect(reasons.filter((reason) => whereToFix(reason, [], { ...okta, protocol }) === null)).toEqual([
      'ID_TOKEN_MALFORMED',
      'ID_TOKEN_NONCE',
      'ID_TOKEN_EXPIRED',
      'ID_TOKEN_NOT_YET_VALID',
      'SUBJECT_MISSING',
      'ACCESS_TOKEN_MISMATCH',
      'ID_TOKEN_SIGNATURE',
      'ID_TOKEN_REFUSED',
      'USERINFO_SUBJECT_MISMATCH',
    ])
  })
})

const attemptOf = (failureReason: SignInFailureReason | null) => ({
  id: 'att_1',
  at: new Date('2026-03-01T12:00:00.000Z'),
  failureReason,
  advice: null,
  checks: [
    check('signature', 'Signature', true, 'AA', 'AA'),
    check('audience', 'Audience', failureReason === null, 'acme', 'https://somebody.else'),
  ],
})

describe('messageForIdpAdministrator', () => {
  test('says what was expected, what came, where to change it, and our side', () => {
    const message = messageForIdpAdministrator(attemptOf('AUDIENCE_MISMATCH'), ours)
    for (const part of [
      'refused on 2026-03-01 12:00:00 UTC',
      'What was checked: Audience',
      'What we expect: acme',
      'What came: https://somebody.else',
      'Basic SAML Configuration → Identifier (Entity ID)',
      'The exact value: acme',
      ours.acsUrl,
      ours.loginUrl,
      'Reference: att_1 (AUDIENCE_MISMATCH)',
    ]) {
      expect(message).toContain(part)
    }
  })

  test('names our side of OpenID Connect', () => {
    const message = messageForIdpAdministrator(attemptOf('AUTHORIZATION_REFUSED'), okta)
    for (const part of [
      'our OpenID Connect application',
      okta.issuer,
      okta.clientId,
      okta.redirectUri,
      okta.loginUrl,
    ]) {
      expect(message).toContain(part)
    }
  })

  test('is not written when it succeeded, or when they could do nothing', () => {
    expect(messageForIdpAdministrator(attemptOf(null), ours)).toBeNull()
    expect(messageForIdpAdministrator(attemptOf('MEMBER_SUSPENDED'), ours)).toBeNull()
    expect(messageForIdpAdministrator(attemptOf('REQUEST_USED'), ours)).toBeNull()
  })

  test('is written for everything that is theirs to mend', () => {
    const theirs = Object.entries(signInFailures).filter(([, { fixedBy }]) => fixedBy === 'IDP_ADMINISTRATOR')
    expect(theirs.length).toBeGreaterThan(15)
    for (const [reason] of theirs) {
      expect(messageForIdpAdministrator(attemptOf(reason as SignInFailureReason), ours)).toContain(reason)
    }
  })
})
