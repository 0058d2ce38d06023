import type { SignInFailureReason } from '../../../server/src/sso/protocol/sign-in-failure.ts'
import type { Answer } from '../../testkit/identity-provider.ts'
import { type Attack, documents } from './attack.ts'
import { lies, ours } from './lies.ts'
import type { Scene } from './scene.ts'

/** M5, M9 to M11, M13, M15, M16, M21: when, how, and who. */
export const statements: Attack[] = [
  ...lies('M5', [
    ['conditions of the future', 'NOT_YET_VALID', (s) => ({ notBefore: s.at(10) })],
    ['conditions that ended', 'EXPIRED', (s) => ({ notBefore: s.at(-60), notOnOrAfter: s.at(-10) })],
    [
      'conditions that end before they begin',
      'LIFETIME_INVALID',
      (s) => ({ notBefore: s.at(1), notOnOrAfter: s.at(-1) }),
    ],
    ['conditions that end when they begin', 'LIFETIME_INVALID', (s) => ({ notBefore: s.at(1), notOnOrAfter: s.at(1) })],
    ['a validity of ten years', 'LIFETIME_INVALID', (s) => ({ notOnOrAfter: s.at(60 * 24 * 3650) })],
    ['a confirmation of ten years', 'LIFETIME_INVALID', (s) => ({ confirmationNotOnOrAfter: s.at(60 * 24 * 3650) })],
    ['a confirmation that ended', 'EXPIRED', (s) => ({ confirmationNotOnOrAfter: s.at(-10) })],
    ['a time with an offset', 'LIFETIME_INVALID', (s) => ({ notOnOrAfter: s.at(60).replace('Z', '+01:00') })],
    ['a time without a zone', 'LIFETIME_INVALID', (s) => ({ notOnOrAfter: s.at(60).replace('Z', '') })],
    [
      'a day that does not exist',
      'RESPONSE_MALFORMED',
      (s) => ({ notOnOrAfter: s.at(60).replace(/-\d\d-\d\dT/, '-02-30T') }),
    ],
    ['a time that is none', 'RESPONSE_MALFORMED', () => ({ notOnOrAfter: 'NaN' })],
    ['an empty time', 'RESPONSE_MALFORMED', () => ({ confirmationNotOnOrAfter: '' })],
    ['a year of five digits', 'LIFETIME_INVALID', () => ({ notOnOrAfter: '12026-03-01T13:00:00Z' })],
    ['a year before Christ', 'LIFETIME_INVALID', () => ({ notBefore: '-0001-03-01T13:00:00Z' })],
    [
      'a second after the end of a day',
      'RESPONSE_MALFORMED',
      (s) => ({ notOnOrAfter: s.at(60).replace(/T.*Z/, 'T24:00:01Z') }),
    ],
    ['a message from the future', 'NOT_YET_VALID', (s) => ({ issueInstant: s.at(10) })],
    ['a message of yesterday', 'EXPIRED', (s) => ({ issueInstant: s.at(-60 * 24) })],
    ['a session that ended', 'EXPIRED', (s) => ({ sessionNotOnOrAfter: s.at(-10) })],
    ['a session without a zone', 'LIFETIME_INVALID', (s) => ({ sessionNotOnOrAfter: s.at(60).replace('Z', '') })],
  ]),
  ...lies(
    'M9',
    ['Requester', 'Responder', 'VersionMismatch', 'success', 'Success '].map((status) => [
      `${status}, with a good assertion`,
      'STATUS_NOT_SUCCESS',
      () => ({ status }),
    ]),
  ),
  ...documents('M9', [
    [
      'Success under a failure',
      'STATUS_NOT_SUCCESS',
      (s) =>
        s.genuine.replace(
          /<samlp:StatusCode Value="([^"]+)"><\/samlp:StatusCode>/,
          '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="$1"></samlp:StatusCode></samlp:StatusCode>',
        ),
    ],
    ['none', 'RESPONSE_MALFORMED', (s) => s.genuine.replace(/<samlp:Status>.*<\/samlp:Status>/, '')],
    ['twice', 'RESPONSE_MALFORMED', (s) => s.genuine.replace(/(<samlp:Status>.*<\/samlp:Status>)/, '$1$1')],
    ['two codes', 'RESPONSE_MALFORMED', (s) => s.genuine.replace(/(<samlp:StatusCode .*<\/samlp:StatusCode>)/, '$1$1')],
    ['an empty status', 'RESPONSE_MALFORMED', (s) => s.genuine.replace(/<samlp:StatusCode .*<\/samlp:StatusCode>/, '')],
    [
      'words cut in the middle of a character',
      'STATUS_NOT_SUCCESS',
      (s) => s.told({ status: 'Responder', statusMessage: '😀'.repeat(400) }),
    ],
    [
      'words cut in the middle of a character, one further',
      'STATUS_NOT_SUCCESS',
      (s) => s.told({ status: 'Responder', statusMessage: `x${'😀'.repeat(400)}` }),
    ],
  ]),
  ...lies('M10', [
    ['SAML 1.1 of the assertion', 'VERSION_UNSUPPORTED', () => ({ version: '1.1' })],
    ['SAML 2.1 of the response', 'VERSION_UNSUPPORTED', () => ({ responseVersion: '2.1' })],
    ['a version that is almost 2.0', 'VERSION_UNSUPPORTED', () => ({ version: '2' })],
    ['no statement of a sign-in', 'AUTHN_STATEMENT_MISSING', () => ({ authnStatement: null })],
    ['a sign-in in the future', 'NOT_YET_VALID', (s) => ({ authnInstant: s.at(10) })],
    ['a sign-in at no time', 'RESPONSE_MALFORMED', () => ({ authnInstant: '' })],
    [
      'a statement without a context',
      'RESPONSE_MALFORMED',
      (s) => ({ authnStatement: `<saml:AuthnStatement AuthnInstant="${s.at(0)}"></saml:AuthnStatement>` }),
    ],
  ]),
  ...lies('M11', [
    ['none', 'NAME_ID_MISSING', () => ({ nameId: null })],
    ['an empty one', 'NAME_ID_MISSING', () => ({ nameId: { value: '', format: null } })],
    ['white space', 'NAME_ID_MISSING', () => ({ nameId: { value: ' \t ', format: null } })],
    ['a space at the end', 'SUBJECT_INVALID', () => ({ nameId: { value: 'ada ', format: null } })],
    ['a line end within', 'SUBJECT_INVALID', () => ({ nameId: { value: 'ada\nowner', format: null } })],
    ['257 characters', 'SUBJECT_INVALID', () => ({ nameId: { value: 'a'.repeat(257), format: null } })],
    [
      'one that changes each time',
      'SUBJECT_INVALID',
      () => ({ nameId: { value: 'ada', format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' } }),
    ],
    [
      'two',
      'RESPONSE_MALFORMED',
      () => ({
        changeAssertion: (xml) =>
          xml.replace('<saml:SubjectConfirmation ', '<saml:NameID>owner</saml:NameID><saml:SubjectConfirmation '),
      }),
    ],
    [
      'a BaseID instead',
      'RESPONSE_MALFORMED',
      () => ({
        changeAssertion: (xml) => xml.replace(/<saml:NameID.*?<\/saml:NameID>/, '<saml:BaseID></saml:BaseID>'),
      }),
    ],
  ]),
  ...documents('M13', [
    [
      'signed by another identity provider that says it is ours',
      'SIGNATURE_INVALID',
      (s) => s.told({ signing: { signer: s.keys.mallory } }),
    ],
    [
      'of ours, for another application',
      'AUDIENCE_MISMATCH',
      (s) => s.told({ audiences: [['https://another-application.example']] }),
    ],
    [
      'of ours for another application, in an envelope for us',
      'AUDIENCE_MISMATCH',
      (s) => s.respond(s.idp.assertion(s.answer({ audience: 'urn:other', recipient: 'https://other.example/acs' }))),
    ],
  ]),
  ...lies('M15', [
    [
      'the address twice',
      'ATTRIBUTE_AMBIGUOUS',
      () => ({
        attributes: [
          ['email', 'ada@acme.example'],
          ['email', 'owner@acme.example'],
        ],
      }),
    ],
    [
      'an address with two values',
      'ATTRIBUTE_AMBIGUOUS',
      () => ({ attributes: [['email', 'ada@acme.example', 'owner@acme.example']] }),
    ],
    [
      'the same address twice',
      'ATTRIBUTE_AMBIGUOUS',
      () => ({ attributes: [['email', 'ada@acme.example', 'ada@acme.example']] }),
    ],
    [
      'Entra’s object ID with two values',
      'ATTRIBUTE_AMBIGUOUS',
      () => ({ attributes: [['http://schemas.microsoft.com/identity/claims/objectidentifier', '1', '2']] }),
    ],
    [
      'an address that is an element',
      'EMAIL_MISSING',
      () => ({
        attributes: [['email', 'x']],
        changeAssertion: (xml) =>
          xml.replace('<saml:AttributeValue>x<', '<saml:AttributeValue><saml:NameID>owner@acme.example</saml:NameID><'),
      }),
    ],
  ]),
  ...lies(
    'M16',
    (
      [
        ['a Cyrillic letter', 'оwner@acme.example'],
        ['full-width letters', 'ｏwner@acme.example'],
        ['a Kelvin sign', 'ow\u212Aner@acme.example'],
        ['a dotless i', 'admın@acme.example'],
        ['a long s', 'uſer@acme.example'],
        ['a zero-width space', 'owner\u200B@acme.example'],
        ['a soft hyphen', 'ow\u00ADner@acme.example'],
        ['a right-to-left override', '\u202Eowner@acme.example'],
        ['a domain of other letters', 'owner@аcme.example'],
        ['a full-width at sign', 'owner＠acme.example'],
        ['a quoted local part', '"owner"@acme.example'],
        ['a comment', 'owner(x)@acme.example'],
        ['a list', 'owner@acme.example,ada@acme.example'],
        ['a name before it', 'Owner <owner@acme.example>'],
        ['two at signs', 'owner@acme.example@evil.example'],
        ['a line end', 'owner@acme.example\nx'],
        ['a literal address', 'owner@[127.0.0.1]'],
        ['the user name of a guest', 'owner_acme.example#EXT#@evil.onmicrosoft.com'],
        ['no domain', 'owner'],
        ['an address of 100 000 characters', `${'a.'.repeat(50_000)}@acme.example`],
        ['a domain of 100 000 characters', `owner@${'a.'.repeat(50_000)}example`],
      ] as const
    ).map(([what, email]): [string, SignInFailureReason, () => Partial<Answer>] => [
      what,
      'EMAIL_INVALID',
      () => ({ person: { subject: 'ada', email } }),
    ]),
  ),
  ...documents('M21', [
    ['a logout request', 'RESPONSE_MALFORMED', (s) => logoutRequest(s)],
    [
      'a logout response',
      'RESPONSE_MALFORMED',
      (s) =>
        s
          .told()
          .replaceAll('samlp:Response', 'samlp:LogoutResponse')
          .replace(/<saml:Assertion .*<\/saml:Assertion>/s, ''),
    ],
  ]),
]

const logoutRequest = (s: Scene): string =>
  `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Destination="${ours(s)}" ID="_logout" IssueInstant="${s.at(0)}" Version="2.0"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${s.idp.entityId}</saml:Issuer><saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">owner</saml:NameID></samlp:LogoutRequest>`
