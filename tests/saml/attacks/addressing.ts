import type { Attack } from './attack.ts'
import { lies, ours, us } from './lies.ts'

const confirmation = (content: string): string =>
  `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">${content}</saml:SubjectConfirmation>`

/** M1 to M4, M6 to M8: for whom the assertion is, and from whom. */
export const addressing: Attack[] = [
  ...lies('M1', [
    ['none', 'AUDIENCE_MISSING', () => ({ audiences: [] })],
    ['somebody else’s', 'AUDIENCE_MISMATCH', () => ({ audiences: [['https://other.example']] })],
    ['one that begins with ours', 'AUDIENCE_MISMATCH', (s) => ({ audiences: [[`${us(s)}/more`]] })],
    ['one that ours begins with', 'AUDIENCE_MISMATCH', (s) => ({ audiences: [[us(s).slice(0, -1)]] })],
    ['ours in other letter case', 'AUDIENCE_MISMATCH', (s) => ({ audiences: [[us(s).toUpperCase()]] })],
    ['ours with a space', 'AUDIENCE_MISMATCH', (s) => ({ audiences: [[`${us(s)} `]] })],
    ['ours as Entra writes one that is no URI', 'AUDIENCE_MISMATCH', (s) => ({ audiences: [[`spn:${us(s)}`]] })],
    ['two restrictions, one of them for others', 'AUDIENCE_MISMATCH', (s) => ({ audiences: [[us(s)], ['urn:other']] })],
    ['two restrictions, the first for others', 'AUDIENCE_MISMATCH', (s) => ({ audiences: [['urn:other'], [us(s)]] })],
    ['an empty one', 'AUDIENCE_MISMATCH', () => ({ audiences: [['']] })],
    ['our address instead of our name', 'AUDIENCE_MISMATCH', (s) => ({ audiences: [[ours(s)]] })],
  ]),
  ...lies('M2', [
    ['somebody else’s', 'RECIPIENT_MISMATCH', () => ({ recipient: 'https://other.example/acs' })],
    ['another connection’s', 'RECIPIENT_MISMATCH', (s) => ({ recipient: ours(s).replace(/sso_\w+/, 'sso_other') })],
    ['none', 'RECIPIENT_MISMATCH', () => ({ recipient: null })],
    ['one that begins with ours', 'RECIPIENT_MISMATCH', (s) => ({ recipient: `${ours(s)}/x` })],
    ['ours with a query', 'RECIPIENT_MISMATCH', (s) => ({ recipient: `${ours(s)}?x` })],
    ['ours in other letter case', 'RECIPIENT_MISMATCH', (s) => ({ recipient: ours(s).toUpperCase() })],
    ['ours with a space', 'RECIPIENT_MISMATCH', (s) => ({ recipient: `${ours(s)} ` })],
    ['the host alone', 'RECIPIENT_MISMATCH', (s) => ({ recipient: new URL(ours(s)).origin })],
  ]),
  ...lies('M3', [
    ['somebody else’s', 'DESTINATION_MISMATCH', () => ({ destination: 'https://other.example/acs' })],
    ['another connection’s', 'DESTINATION_MISMATCH', (s) => ({ destination: ours(s).replace(/sso_\w+/, 'sso_other') })],
    ['none', 'DESTINATION_MISMATCH', () => ({ destination: null })],
    ['none, in a response that is signed', 'DESTINATION_MISMATCH', () => ({ destination: null, sign: 'response' })],
    ['an empty one', 'DESTINATION_MISMATCH', () => ({ destination: '' })],
    ['ours with a slash', 'DESTINATION_MISMATCH', (s) => ({ destination: `${ours(s)}/` })],
  ]),
  ...lies('M4', [
    ['another request in the assertion', 'IN_RESPONSE_TO_MISMATCH', () => ({ confirmationInResponseTo: '_another' })],
    ['a request in the response alone', 'IN_RESPONSE_TO_MISMATCH', () => ({ confirmationInResponseTo: null })],
    [
      'a request in the assertion alone',
      'IN_RESPONSE_TO_MISMATCH',
      (s) => ({ inResponseTo: null, confirmationInResponseTo: s.answer().inResponseTo }),
    ],
    [
      'an envelope written around an assertion that answers another request',
      'IN_RESPONSE_TO_MISMATCH',
      () => ({ confirmationInResponseTo: '_stolen' }),
    ],
    ['an empty one', 'RESPONSE_MALFORMED', () => ({ inResponseTo: '' })],
  ]),
  ...lies('M6', [
    [
      'for somebody who vouches',
      'SUBJECT_CONFIRMATION_MISSING',
      () => ({ confirmationMethod: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' }),
    ],
    [
      'for the holder of a key',
      'SUBJECT_CONFIRMATION_MISSING',
      () => ({ confirmationMethod: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }),
    ],
    [
      'bearer in other letter case',
      'SUBJECT_CONFIRMATION_MISSING',
      () => ({ confirmationMethod: 'urn:oasis:names:tc:SAML:2.0:cm:Bearer' }),
    ],
    ['none', 'SUBJECT_CONFIRMATION_MISSING', () => ({ subjectConfirmation: '' })],
    ['one without data', 'RECIPIENT_MISMATCH', () => ({ subjectConfirmation: confirmation('') })],
    ['one with a start', 'SUBJECT_CONFIRMATION_MISSING', (s) => ({ confirmationNotBefore: s.at(-1) })],
    ['one without an end', 'LIFETIME_INVALID', () => ({ confirmationNotOnOrAfter: null })],
    [
      'no subject at all',
      'SUBJECT_CONFIRMATION_MISSING',
      () => ({ changeAssertion: (xml) => xml.replace(/<saml:Subject>.*<\/saml:Subject>/, '') }),
    ],
  ]),
  ...lies('M7', [
    ['none', 'CONDITIONS_MISSING', () => ({ conditions: null })],
    ['none but an empty element', 'AUDIENCE_MISSING', () => ({ conditions: '<saml:Conditions></saml:Conditions>' })],
    [
      'one that nobody knows',
      'CONDITION_UNKNOWN',
      (s) => ({
        conditions: `<saml:Conditions><saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="saml:OneTimeUseType"></saml:Condition><saml:AudienceRestriction><saml:Audience>${us(s)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
      }),
    ],
    [
      'one of another namespace',
      'RESPONSE_MALFORMED',
      (s) => ({
        conditions: `<saml:Conditions><saml:AudienceRestriction><saml:Audience>${us(s)}</saml:Audience></saml:AudienceRestriction><x:Only xmlns:x="urn:x"></x:Only></saml:Conditions>`,
      }),
    ],
    [
      'twice',
      'RESPONSE_MALFORMED',
      (s) => ({
        conditions:
          `<saml:Conditions><saml:AudienceRestriction><saml:Audience>${us(s)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`.repeat(
            2,
          ),
      }),
    ],
  ]),
  ...lies('M8', [
    ['somebody else’s', 'ISSUER_MISMATCH', () => ({ issuer: 'https://other.example', responseIssuer: null })],
    ['somebody else’s of the response alone', 'ISSUER_MISMATCH', () => ({ responseIssuer: 'https://other.example' })],
    ['somebody else’s of the assertion alone', 'ISSUER_MISMATCH', () => ({ issuer: 'https://other.example' })],
    ['in other letter case', 'ISSUER_MISMATCH', (s) => ({ issuer: s.idp.entityId.toUpperCase() })],
    ['with a space', 'ISSUER_MISMATCH', (s) => ({ issuer: `${s.idp.entityId} ` })],
    ['on a line of its own', 'ISSUER_MISMATCH', (s) => ({ issuer: `\n${s.idp.entityId}\n` })],
    ['with a slash', 'ISSUER_MISMATCH', (s) => ({ issuer: `${s.idp.entityId}/` })],
    ['with a letter of another alphabet', 'ISSUER_MISMATCH', (s) => ({ issuer: s.idp.entityId.replace('e', 'е') })],
    [
      'in a format that is no entity',
      'ISSUER_MISMATCH',
      () => ({ issuerFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }),
    ],
    ['empty', 'ISSUER_MISMATCH', () => ({ issuer: '' })],
    [
      'missing',
      'RESPONSE_MALFORMED',
      () => ({ changeAssertion: (xml) => xml.replace(/<saml:Issuer>.*?<\/saml:Issuer>/, ''), sign: 'response' }),
    ],
  ]),
]
