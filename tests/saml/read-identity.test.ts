import { describe, expect, test } from 'vitest'
import { forRecord } from '../../server/src/sso/protocol/asserted.ts'
import type { Mapping } from '../../server/src/sso/protocol/identity.ts'
import { assertedAttributes } from '../../server/src/sso/saml/asserted-attributes.ts'
import type { SignedClaims } from '../../server/src/sso/saml/read-assertion.ts'
import { readIdentity } from '../../server/src/sso/saml/read-identity.ts'

type Sent = Record<string, string | string[]>
const format = (name: string, version = '2.0') => `urn:oasis:names:tc:SAML:${version}:nameid-format:${name}`
const email = format('emailAddress', '1.1')
const unspecified = format('unspecified', '1.1')
const ws = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const microsoft = 'http://schemas.microsoft.com/identity/claims/'

const claims = (nameId: [value: string, format: string | null] | null, sent: Sent = {}): SignedClaims => ({
  nameId: nameId && { value: nameId[0], format: nameId[1], nameQualifier: null, spNameQualifier: null },
  attributes: Object.entries(sent).map(([name, values]) => ({ name, friendlyName: null, values: [values].flat() })),
})
const persistent = (sent: Sent = {}): SignedClaims => claims(['ada', format('persistent')], sent)
const ada = { email: 'ada@example.com' }

/** The identity, or the reason; and what the trace says of the check that failed. */
function read(sent: SignedClaims, mapping: Mapping = {}) {
  const outcome = readIdentity(sent, mapping)
  const failed = outcome.checks.filter((check) => !check.passed)
  expect(failed.length > 0).toBe(!outcome.ok)
  // SAML has no word for it: whose assertion counts, their addresses do.
  expect(outcome.ok ? outcome.identity.emailVerified : true).toBe(true)
  if (outcome.ok) {
    const { emailVerified: _, ...identity } = outcome.identity
    return identity
  }
  return { reason: outcome.reason, expected: failed[0]?.expected, actual: failed[0]?.actual }
}

/** What each sends when it is set up as its own guide says, and nothing is changed. */
const providers: [
  name: string,
  sent: SignedClaims,
  identity: { subject: string; email: string; name: string | null },
][] = [
  [
    'Microsoft Entra',
    claims(['ada@contoso.com', email], {
      [`${microsoft}tenantid`]: '8c7e1f0a-0000-0000-0000-000000000001',
      [`${microsoft}objectidentifier`]: '5b4d0c8e-0000-0000-0000-00000000000a',
      [`${microsoft}displayname`]: 'Ada Lovelace',
      [`${microsoft}identityprovider`]: 'https://sts.windows.net/8c7e1f0a-0000-0000-0000-000000000001/',
      'http://schemas.microsoft.com/claims/authnmethodsreferences': [
        'http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password',
        'http://schemas.microsoft.com/claims/multipleauthn',
      ],
      [`${ws}givenname`]: 'Ada',
      [`${ws}surname`]: 'Lovelace',
      [`${ws}emailaddress`]: 'Ada.Lovelace@contoso.com',
      [`${ws}name`]: 'ada@contoso.com',
    }),
    { subject: '5b4d0c8e-0000-0000-0000-00000000000a', email: 'ada.lovelace@contoso.com', name: 'Ada Lovelace' },
  ],
  ['Okta, without attributes', claims(['ada@example.com', email]), { subject: 'ada@example.com', ...ada, name: null }],
  [
    'Okta, with the attribute statements of its guide',
    claims(['00u1abcd', unspecified], {
      'user.email': 'ada@example.com',
      'user.firstName': 'Ada',
      'user.lastName': 'Lovelace',
    }),
    { subject: '00u1abcd', ...ada, name: 'Ada Lovelace' },
  ],
  [
    'Okta, with first and last name',
    claims(['ada@example.com', unspecified], { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' }),
    { subject: 'ada@example.com', ...ada, name: 'Ada Lovelace' },
  ],
  [
    'Google Workspace, whose NameID is the address and does not say so',
    claims(['ada@example.com', unspecified]),
    { subject: 'ada@example.com', ...ada, name: null },
  ],
  [
    'AD FS, with the LDAP attributes of its template',
    claims(['ada@example.com', email], {
      [`${ws}emailaddress`]: 'ada@example.com',
      [`${ws}upn`]: 'ada@corp.example.com',
      [`${ws}givenname`]: 'Ada',
      [`${ws}surname`]: 'Lovelace',
      'http://schemas.xmlsoap.org/claims/CommonName': 'Ada Lovelace',
      'http://schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname': 'CORP\\ada',
    }),
    { subject: 'ada@example.com', ...ada, name: 'Ada Lovelace' },
  ],
  [
    'Keycloak, with its X.500 mappers',
    claims(['G-3f6c1d22', format('persistent')], {
      'urn:oid:1.2.840.113549.1.9.1': 'ada@example.com',
      'urn:oid:2.5.4.42': 'Ada',
      'urn:oid:2.5.4.4': 'Lovelace',
      Role: ['manage-account', 'view-profile', 'offline_access'],
    }),
    { subject: 'G-3f6c1d22', ...ada, name: 'Ada Lovelace' },
  ],
  [
    'OneLogin',
    claims(['ada@example.com', email], {
      'User.email': 'ada@example.com',
      'User.FirstName': 'Ada',
      'User.LastName': 'Lovelace',
      memberOf: '',
      PersonImmutableID: '',
    }),
    { subject: 'ada@example.com', ...ada, name: 'Ada Lovelace' },
  ],
  [
    'PingOne',
    claims(['3f6c1d22-0000-0000-0000-0000000000aa', unspecified], {
      email: 'ada@example.com',
      given_name: 'Ada',
      family_name: 'Lovelace',
    }),
    { subject: '3f6c1d22-0000-0000-0000-0000000000aa', ...ada, name: 'Ada Lovelace' },
  ],
  [
    'JumpCloud',
    claims(['ada@example.com', format('unspecified', '1.0')], {
      email: 'ada@example.com',
      firstname: 'Ada',
      lastname: 'Lovelace',
    }),
    { subject: 'ada@example.com', ...ada, name: 'Ada Lovelace' },
  ],
  [
    'Auth0',
    claims(['auth0|5f7c8ec7', unspecified], {
      [`${ws}nameidentifier`]: 'auth0|5f7c8ec7',
      [`${ws}emailaddress`]: 'ada@example.com',
      [`${ws}name`]: 'Ada Lovelace',
      [`${ws}upn`]: 'ada@example.com',
      'http://schemas.auth0.com/identities/default/connection': 'Username-Password-Authentication',
      'http://schemas.auth0.com/email_verified': 'true',
      'http://schemas.auth0.com/nickname': 'ada',
    }),
    { subject: 'auth0|5f7c8ec7', ...ada, name: 'Ada Lovelace' },
  ],
  [
    'Shibboleth, whose NameID is transient, with LDAP names',
    claims(['AAdzZWNyZXQx', format('transient')], {
      'urn:oasis:names:tc:SAML:attribute:subject-id': 'ada@example.com',
      'urn:oid:0.9.2342.19200300.100.1.1': 'ada',
      'urn:oid:0.9.2342.19200300.100.1.3': 'ada@example.com',
      'urn:oid:1.3.6.1.4.1.5923.1.1.1.6': 'ada@example.com',
      'urn:oid:1.3.6.1.4.1.5923.1.1.1.9': ['member@example.com', 'staff@example.com'],
      'urn:oid:2.16.840.1.113730.3.1.241': 'Ada Lovelace',
      'urn:oid:2.5.4.42': 'Ada',
      'urn:oid:2.5.4.4': 'Lovelace',
    }),
    { subject: 'ada@example.com', ...ada, name: 'Ada Lovelace' },
  ],
  [
    'SimpleSAMLphp, with basic names',
    claims(['_9c3f', format('persistent')], { uid: 'ada', mail: 'ada@example.com', givenName: 'Ada', sn: 'Lovelace' }),
    { subject: '_9c3f', ...ada, name: 'Ada Lovelace' },
  ],
]

describe('without a mapping', () => {
  test.each(providers)('%s is understood', (_name, sent, identity) => {
    expect(read(sent)).toEqual(identity)
  })

  test('nothing is known by its FriendlyName', () => {
    const sent = claims(['ada', format('persistent')], { 'urn:x:1': 'mallory@example.com' })
    const attributes = sent.attributes.map((attribute) => ({ ...attribute, friendlyName: 'mail' }))
    expect(read({ ...sent, attributes })).toMatchObject({ reason: 'EMAIL_MISSING', actual: 'only: urn:x:1 (mail)' })
  })

  test('the address in a NameID counts only where no attribute has one', () => {
    expect(read(claims(['upn@example.com', email], { email: 'ada@example.com' }))).toMatchObject(ada)
    expect(read(claims(['upn@example.com', null]))).toMatchObject({ email: 'upn@example.com' })
    expect(read(claims(['upn@example.com', format('persistent')]))).toMatchObject({ reason: 'EMAIL_MISSING' })
  })
})

describe('a subject is refused', () => {
  test.each([
    ['when there is no NameID', claims(null, { email: ada.email }), 'NAME_ID_MISSING'],
    ['when the NameID is empty', claims(['', null], { email: ada.email }), 'NAME_ID_MISSING'],
    ['when the NameID is white space', claims([' \n', null], { email: ada.email }), 'NAME_ID_MISSING'],
    [
      'that is another one at each sign-in',
      claims(['x', format('transient')], { email: ada.email }),
      'SUBJECT_INVALID',
    ],
    ['with a space at its end', claims(['ada ', null], { email: ada.email }), 'SUBJECT_INVALID'],
    ['with a control character', claims(['a\u0007da', null], { email: ada.email }), 'SUBJECT_INVALID'],
    ['of more than 256 characters', claims(['a'.repeat(257), null], { email: ada.email }), 'SUBJECT_INVALID'],
    [
      'when Entra’s object ID comes with two values',
      persistent({ [`${microsoft}objectidentifier`]: ['1', '2'], email: ada.email }),
      'ATTRIBUTE_AMBIGUOUS',
    ],
  ])('%s', (_what, sent, reason) => {
    expect(read(sent)).toMatchObject({ reason })
  })

  test('and still the e-mail address tells the owner who it was', () => {
    expect(readIdentity(claims(null, { email: ada.email }))).toMatchObject({ ok: false, ...ada })
  })
})

describe('an e-mail address is refused', () => {
  test('when there is none, and the trace lists what came instead', () => {
    expect(read(persistent({ department: 'Engines', phone: '1' }))).toMatchObject({
      reason: 'EMAIL_MISSING',
      actual: 'only: department, phone',
    })
    expect(read(persistent({ email: ['', ' '] }))).toMatchObject({ reason: 'EMAIL_MISSING' })
  })

  test('when there are several, in one attribute or in two of one name', () => {
    const two = persistent({ mail: ['ada@example.com', 'countess@example.com'] })
    expect(read(two)).toMatchObject({
      reason: 'ATTRIBUTE_AMBIGUOUS',
      actual: 'mail: ada@example.com, countess@example.com',
    })
    const twice = persistent({ mail: 'ada@example.com' })
    const attributes = [...twice.attributes, ...twice.attributes]
    expect(read({ ...twice, attributes })).toMatchObject({ reason: 'ATTRIBUTE_AMBIGUOUS' })
  })

  test.each([
    'ada',
    'Ada Lovelace <ada@example.com>',
    'ada@example.com, countess@example.com',
    'ада@example.com',
    'ada@exa\u212Aple.com',
    'ada@example.com\u200b',
    'ada_example.com#EXT#@contoso.onmicrosoft.com',
  ])('that is not one plain address: %s', (address) => {
    expect(read(persistent({ mail: address }))).toMatchObject({ reason: 'EMAIL_INVALID' })
  })
})

describe('a mapping', () => {
  const sent = persistent({
    employeeId: '4711',
    mail: 'usual@example.com',
    'urn:x:work mail': 'Ada@Example.com',
    nick: 'Countess @ Lovelace',
    displayName: 'Ada Lovelace',
    [`${microsoft}objectidentifier`]: 'object-id',
    groups: ['a', 'b'],
    empty: '',
  })

  test('comes before the usual names, each by itself', () => {
    expect(read(sent, { subject: 'employeeId' })).toMatchObject({ subject: '4711', email: 'usual@example.com' })
    expect(read(sent, { email: 'urn:x:work mail' })).toMatchObject({ subject: 'object-id', ...ada })
    expect(read(sent, { name: 'nick' })).toMatchObject({ subject: 'object-id', name: 'Countess @ Lovelace' })
  })

  test('to NameID means the NameID, for each', () => {
    expect(read(sent, { subject: 'NameID' })).toMatchObject({ subject: 'ada' })
    expect(read(claims(['ada@example.com', format('persistent')]), { email: 'NameID' })).toMatchObject(ada)
    expect(read(persistent({ NameID: 'mallory', mail: ada.email }), { subject: 'NameID' })).toMatchObject({
      subject: 'ada',
    })
    expect(read(claims(null, { mail: ada.email }), { subject: 'NameID' })).toMatchObject({ reason: 'NAME_ID_MISSING' })
    expect(read(claims(['x', format('transient')], { mail: ada.email }), { subject: 'NameID' })).toMatchObject({
      reason: 'SUBJECT_INVALID',
    })
    expect(read(sent, { email: 'NameID' })).toMatchObject({ reason: 'EMAIL_INVALID' })
    expect(read(claims(null, { x: '1' }), { subject: 'x', email: 'NameID' })).toMatchObject({
      reason: 'NAME_ID_MISSING',
    })
  })

  test('of the subject to what was not sent is refused, whatever else was: nobody is recognized by something else', () => {
    const refused = read({ ...sent, attributes: sent.attributes.slice(0, 3) }, { subject: 'EmployeeID' })
    expect(refused).toEqual({
      reason: 'ATTRIBUTE_MISSING',
      expected: 'the attribute EmployeeID',
      actual: 'only: employeeId, mail, urn:x:work mail',
    })
    expect(read(sent, { subject: 'empty' })).toMatchObject({
      reason: 'ATTRIBUTE_MISSING',
      actual: 'empty without a value',
    })
  })

  test('of the e-mail address to what was not sent is refused too', () => {
    expect(read(sent, { email: 'workmail' })).toMatchObject({
      reason: 'ATTRIBUTE_MISSING',
      expected: 'the attribute workmail',
    })
  })

  test('to several values is refused, and to what is no identifier', () => {
    expect(read(sent, { subject: 'groups' })).toMatchObject({ reason: 'ATTRIBUTE_AMBIGUOUS', actual: 'groups: a, b' })
    expect(read(persistent({ id: ' 1', mail: ada.email }), { subject: 'id' })).toMatchObject({
      reason: 'SUBJECT_INVALID',
    })
  })

  test('of the name decides nothing: what is absent or no name gives way to the usual names', () => {
    expect(read(sent, { name: 'absent' })).toMatchObject({ name: 'Ada Lovelace' })
    expect(read(sent, { name: 'groups' })).toMatchObject({ name: 'Ada Lovelace' })
  })
})

describe('what is kept of an assertion for the owner', () => {
  test('is every name with its values, the NameID first, and what each was used for', () => {
    const sent = persistent({ mail: 'ada@example.com', givenName: 'Ada', sn: 'Lovelace', groups: ['a', 'b'] })
    expect(assertedAttributes(sent, readIdentity(sent).sources)).toEqual([
      { name: 'NameID', friendlyName: format('persistent'), values: ['ada'], usedFor: ['subject'] },
      { name: 'mail', friendlyName: null, values: ['ada@example.com'], usedFor: ['email'] },
      { name: 'givenName', friendlyName: null, values: ['Ada'], usedFor: ['name'] },
      { name: 'sn', friendlyName: null, values: ['Lovelace'], usedFor: ['name'] },
      { name: 'groups', friendlyName: null, values: ['a', 'b'], usedFor: [] },
    ])
  })

  test('is cut for the record: 300 characters a value, 200 values in all, 200 names; it says what it leaves out', () => {
    const groups = Array.from({ length: 250 }, (_, index) => `group ${index}`)
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`name ${index}`, 'x']))
    const sent = persistent({ long: `${'x'.repeat(298)}😀 and more`, groups, ...many })
    const all = assertedAttributes(sent, readIdentity(sent).sources)
    expect(all[2]?.values).toHaveLength(250)
    const kept = forRecord(all)
    expect(kept).toHaveLength(200)
    expect(kept[2]).toMatchObject({ values: groups.slice(0, 198), omitted: 52 })
    expect(kept[3]).toMatchObject({ name: 'name 0', values: [], omitted: 1 })
    expect(kept.flatMap(({ values }) => values)).toHaveLength(200)
    // No half of the character at the cut.
    expect(kept[1]?.values).toEqual([`${'x'.repeat(298)}…`])
  })

  test('of an attribute that calls itself NameID says that it was not used', () => {
    const sent = persistent({ NameID: 'mallory', mail: ada.email })
    const uses = assertedAttributes(sent, readIdentity(sent).sources).map(({ values, usedFor }) => [values, usedFor])
    expect(uses).toEqual([
      [['ada'], ['subject']],
      [['mallory'], []],
      [['ada@example.com'], ['email']],
    ])
  })
})
