import { type Attack, documents } from './attack.ts'
import { declared, inEmail, inResponse, inStatement, inValue, many } from './places.ts'

/** T5: small documents that would cost much. Each mistake against the schema costs, and so does each element beside it. */
export const flood: Attack[] = [
  ...documents('T5', [
    [
      'entities that grow',
      'RESPONSE_NOT_ALLOWED',
      declared(`<!ENTITY a0 "ha">${many(20, (i) => `<!ENTITY a${i + 1} "&a${i};&a${i};">`)}`, '&a20;'),
    ],
    [
      'one long entity, used often',
      'RESPONSE_NOT_ALLOWED',
      declared(`<!ENTITY a "${'a'.repeat(50_000)}">`, '&a;'.repeat(10_000)),
    ],
    ['100 levels of elements', 'RESPONSE_MALFORMED', inResponse(`${'<x>'.repeat(100)}${'</x>'.repeat(100)}`)],
    ['1900 levels of elements', 'RESPONSE_NOT_ALLOWED', inResponse(`${'<x>'.repeat(1900)}${'</x>'.repeat(1900)}`)],
    [
      '1400 levels of values',
      'RESPONSE_MALFORMED',
      inResponse(`${'<AttributeValue>'.repeat(1400)}${'</AttributeValue>'.repeat(1400)}`),
    ],
    ['45 levels in an attribute value', 'RESPONSE_MALFORMED', inValue(`${'<x>'.repeat(45)}${'</x>'.repeat(45)}`)],
    ['5000 elements', 'RESPONSE_NOT_ALLOWED', inResponse('<x></x>'.repeat(5000))],
    ['3900 elements where none belongs', 'RESPONSE_NOT_ALLOWED', inResponse('<x/>'.repeat(3900))],
    ['3900 elements where any is taken', 'RESPONSE_NOT_ALLOWED', inValue('<x/>'.repeat(3900))],
    [
      '15 000 attributes where none belongs',
      'RESPONSE_NOT_ALLOWED',
      inResponse(`<x ${many(15_000, (i) => `a${i}="" `)}/>`),
    ],
    [
      '12 000 attributes where any is taken',
      'RESPONSE_NOT_ALLOWED',
      inValue(`<x ${many(12_000, (i) => `a${i}="" `)}/>`),
    ],
    [
      '12 000 attributes of the root',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.genuine.replace('<samlp:Response ', `<samlp:Response ${many(12_000, (i) => `a${i}="" `)}`),
    ],
    [
      '8000 namespaces of one element',
      'RESPONSE_NOT_ALLOWED',
      inValue(`<x ${many(8000, (i) => `xmlns:n${i}="urn:${i}" `)}/>`),
    ],
    [
      '200 namespaces of the root, looked up by each of 2900 values',
      'RESPONSE_MALFORMED',
      (s) =>
        inStatement(`<saml:Attribute Name="">${'<saml:AttributeValue/>'.repeat(2900)}</saml:Attribute>`)(s).replace(
          '<samlp:Response ',
          `<samlp:Response ${many(200, (i) => `xmlns:n${i}="urn:${i}" `)}`,
        ),
    ],
    [
      '40 namespaces on each of 30 values inside one another, around 2800 others',
      'RESPONSE_MALFORMED',
      (s) =>
        inStatement(
          `<saml:Attribute Name="">${many(30, (n) => `<saml:AttributeValue ${many(40, (i) => `xmlns:n${n}x${i}="urn:${i}" `)}>`)}${'<saml:AttributeValue/>'.repeat(2800)}${'</saml:AttributeValue>'.repeat(30)}</saml:Attribute>`,
        )(s),
    ],
    [
      '1000 namespaces of an element whose name has a sign in it that looks like a space, looked up by each of 2900 values',
      'RESPONSE_MALFORMED',
      inResponse(
        `<a\u1680b ${many(1000, (i) => `xmlns:n${i}="urn:${i}" `)}>${'<AttributeValue/>'.repeat(2900)}</a\u1680b>`,
      ),
    ],
    ['2900 values where none belongs', 'RESPONSE_MALFORMED', inResponse('<AttributeValue/>'.repeat(2900))],
    ['3000 IDs', 'RESPONSE_NOT_ALLOWED', inValue(many(3000, (i) => `<x ID="_${i}"/>`))],
    [
      '3000 attributes that are in order',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.genuine.replace(
          '</saml:AttributeStatement>',
          `${many(3000, (i) => `<saml:Attribute Name="${i}"/>`)}</saml:AttributeStatement>`,
        ),
    ],
    ['one value of 180 000 characters', 'SIGNATURE_INVALID', inEmail('a'.repeat(180_000))],
    ['20 000 character references', 'SIGNATURE_INVALID', inEmail('&#97;'.repeat(20_000))],
    [
      '1200 audiences outside of a restriction',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.genuine.replace(
          '</saml:Conditions>',
          `${'<saml:Audience Nope="">x</saml:Audience>'.repeat(1200)}</saml:Conditions>`,
        ),
    ],
    [
      '3000 attributes, each with some that do not belong',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.genuine.replace(
          '</saml:AttributeStatement>',
          `${many(3000, (i) => `<saml:Attribute Name="${i}" a="" b="" c="" d=""/>`)}</saml:AttributeStatement>`,
        ),
    ],
    [
      'one attribute after 3700 others, with 12 000 that do not belong',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.genuine.replace(
          '</saml:AttributeStatement>',
          `${'<saml:Attribute Name=""/>'.repeat(3700)}<saml:Attribute Name="" ${many(12_000, (i) => `a${i.toString(36)}="" `)}/></saml:AttributeStatement>`,
        ),
    ],
    [
      '3000 statements, each with three mistakes',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.genuine.replace(
          '</saml:Assertion>',
          `${'<saml:AuthnStatement AuthnInstant="" SessionNotOnOrAfter=""/>'.repeat(3000)}</saml:Assertion>`,
        ),
    ],
    [
      '250 statements, each with three mistakes',
      'RESPONSE_MALFORMED',
      (s) =>
        s.genuine.replace(
          '</saml:Assertion>',
          `${'<saml:AuthnStatement AuthnInstant="" SessionNotOnOrAfter=""/>'.repeat(250)}</saml:Assertion>`,
        ),
    ],
    ['3900 attributes without a name', 'RESPONSE_NOT_ALLOWED', inStatement('<saml:Attribute/>'.repeat(3900))],
    [
      '1700 values of a type that there is not',
      'RESPONSE_MALFORMED',
      inStatement(
        `<saml:Attribute Name="">${'<saml:AttributeValue xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="x"/>'.repeat(1700)}</saml:Attribute>`,
      ),
    ],
    [
      '2900 values of a type that there is not, with the schema’s namespace far up',
      'RESPONSE_MALFORMED',
      (s) =>
        inStatement(`<saml:Attribute Name="">${'<saml:AttributeValue i:type="x"/>'.repeat(2900)}</saml:Attribute>`)(
          s,
        ).replace('<samlp:Response ', '<samlp:Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance" '),
    ],
    [
      '5000 namespaces of one value',
      'RESPONSE_MALFORMED',
      inValue(`<x ${many(5000, (i) => `xmlns:n${i}="urn:${i}" `)}/>`),
    ],
    ['5000 attributes of one value', 'RESPONSE_MALFORMED', inValue(`<x ${many(5000, (i) => `a${i}="" `)}/>`)],
    [
      'a name of 60 000 characters',
      'RESPONSE_MALFORMED',
      inResponse(`<${'x'.repeat(60_000)}></${'x'.repeat(60_000)}>`),
    ],
    [
      'a line that never ends a tag',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replace('<samlp:Status>', `<samlp:Status ${' '.repeat(150_000)}`),
    ],
    [
      '90 attributes with 60 mistakes each',
      'RESPONSE_MALFORMED',
      inStatement(`<saml:Attribute Name="" ${many(60, (i) => `a${i}="" `)}/>`.repeat(90)),
    ],
    [
      '2500 values with attributes of their own, under two signatures',
      'SIGNATURE_INVALID',
      (s) =>
        s
          .told({ sign: 'both' })
          .replace(
            '</saml:AttributeStatement>',
            `<saml:Attribute Name="x">${'<saml:AttributeValue a="" b="">x</saml:AttributeValue>'.repeat(2500)}</saml:Attribute></saml:AttributeStatement>`,
          ),
    ],
    [
      'a declaration of 150 000 spaces',
      'RESPONSE_NOT_ALLOWED',
      (s) => `<?xml version="1.0"${' '.repeat(150_000)}${s.genuine}`,
    ],
    ['180 000 equals signs', 'SIGNATURE_INVALID', inEmail('='.repeat(180_000))],
    ['an equals sign before 180 000 spaces', 'SIGNATURE_INVALID', inEmail(`=${' '.repeat(180_000)}`)],
    ['180 000 dots in the address', 'SIGNATURE_INVALID', inEmail('.'.repeat(180_000))],
    ['100 000 opening brackets', 'RESPONSE_NOT_ALLOWED', () => '<'.repeat(100_000)],
  ]),
]
