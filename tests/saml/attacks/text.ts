import { deflateRawSync, gzipSync } from 'node:zlib'
import { type Attack, documents, fields } from './attack.ts'
import { declared, inEmail, inName, inValue } from './places.ts'

type Row = Parameters<typeof documents>[1][number]

const encode = (bytes: Buffer | string): string => Buffer.from(bytes as string, 'utf8').toString('base64')
/** T1 to T4, T6 to T11: the text of the document, before it means anything. */
export const text: Attack[] = [
  ...documents('T1', [
    ['in the NameID', 'RESPONSE_NOT_ALLOWED', inName('owner<!---->ada')],
    ['in the e-mail address', 'RESPONSE_NOT_ALLOWED', inEmail('owner<!---->ada')],
    ['in the Issuer', 'RESPONSE_NOT_ALLOWED', (s) => s.genuine.replace(s.idp.entityId, `${s.idp.entityId}<!---->`)],
    [
      'that the identity provider signed',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.signed((xml) => xml.replace('>ada<', '>owner@acme.example<!---->.evil.example<')),
    ],
    ['between elements', 'RESPONSE_NOT_ALLOWED', (s) => s.genuine.replace('<samlp:Status>', '<!-- --><samlp:Status>')],
    ['before the root', 'RESPONSE_NOT_ALLOWED', (s) => `<!-- -->${s.genuine}`],
    ['after the root', 'RESPONSE_NOT_ALLOWED', (s) => `${s.genuine}<!-- -->`],
  ]),
  ...documents('T2', [
    ['in the NameID', 'RESPONSE_NOT_ALLOWED', inName('<?x owner?>ada')],
    ['in the e-mail address', 'RESPONSE_NOT_ALLOWED', inEmail('<?x owner?>ada')],
    [
      'that the identity provider signed',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.signed((xml) => xml.replace('>ada<', '><?p mallory-?>owner<')),
    ],
    ['after the root', 'RESPONSE_NOT_ALLOWED', (s) => `${s.genuine}<?x?>`],
  ]),
  ...documents('T3', [
    ['CDATA in the e-mail address', 'RESPONSE_NOT_ALLOWED', inEmail('<![CDATA[owner@x]]>ada')],
    ['CDATA in the NameID', 'RESPONSE_NOT_ALLOWED', inName('<![CDATA[ada]]>')],
    [
      'CDATA that the identity provider signed',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.signed((xml) => xml.replace('>ada<', '><![CDATA[ada]]><')),
    ],
    ['an element in the NameID', 'RESPONSE_MALFORMED', inName('owner<x></x>ada')],
    [
      'a signed element in the NameID',
      'RESPONSE_MALFORMED',
      (s) => s.signed((xml) => xml.replace('>ada<', '>owner<x></x>ada<')),
    ],
    [
      'an element in the e-mail address',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.signed((xml) => xml.replace('>ada@', '>owner<x></x>ada@')),
    ],
    [
      'an element in the Audience',
      'RESPONSE_MALFORMED',
      (s) => s.signed((xml) => xml.replace('<saml:Audience>', '<saml:Audience><x></x>')),
    ],
  ]),
  ...documents('T4', [
    ['an external entity', 'RESPONSE_NOT_ALLOWED', declared('<!ENTITY a SYSTEM "file:///etc/hostname">', '&a;')],
    [
      'an external entity over HTTP',
      'RESPONSE_NOT_ALLOWED',
      declared('<!ENTITY a SYSTEM "http://127.0.0.1/x">', '&a;'),
    ],
    ['a parameter entity', 'RESPONSE_NOT_ALLOWED', declared('<!ENTITY % a SYSTEM "http://127.0.0.1/x">%a;')],
    [
      'an external document type',
      'RESPONSE_NOT_ALLOWED',
      (s) => `<!DOCTYPE x SYSTEM "http://127.0.0.1/x">${s.genuine}`,
    ],
    [
      'a public document type',
      'RESPONSE_NOT_ALLOWED',
      (s) => `<!DOCTYPE x PUBLIC "x" "http://127.0.0.1/x">${s.genuine}`,
    ],
    [
      'XInclude',
      'RESPONSE_NOT_ALLOWED',
      inValue(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"></xi:include>',
      ),
    ],
    ['a stylesheet', 'RESPONSE_NOT_ALLOWED', (s) => `<?xml-stylesheet href="http://127.0.0.1/x"?>${s.genuine}`],
    [
      'a schema to fetch',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.genuine.replace(
          '<samlp:Response ',
          '<samlp:Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x http://127.0.0.1/x.xsd" ',
        ),
    ],
  ]),
  ...documents('T6', [
    ['bare', 'RESPONSE_NOT_ALLOWED', (s) => `<!DOCTYPE x>${s.genuine}`],
    ['after an XML declaration', 'RESPONSE_NOT_ALLOWED', (s) => `<?xml version="1.0"?><!DOCTYPE x>${s.genuine}`],
    ['with attributes declared as IDs', 'RESPONSE_NOT_ALLOWED', declared('<!ATTLIST saml:Subject Name ID #IMPLIED>')],
    ['with elements declared', 'RESPONSE_NOT_ALLOWED', declared('<!ELEMENT x ANY>')],
    ['with a notation', 'RESPONSE_NOT_ALLOWED', declared('<!NOTATION x SYSTEM "x">')],
  ]),
  ...documents('T7', [
    ['an attribute without quotes', 'RESPONSE_MALFORMED', (s) => s.genuine.replace('Version="2.0"', 'Version=2.0')],
    ['an attribute without a value', 'RESPONSE_MALFORMED', (s) => s.genuine.replace('Version="2.0"', 'Version')],
    ['text after the end', 'RESPONSE_MALFORMED', (s) => `${s.genuine}x`],
    ['text before the beginning', 'RESPONSE_MALFORMED', (s) => `x${s.genuine}`],
    ['cut off', 'RESPONSE_MALFORMED', (s) => s.genuine.slice(0, -10)],
    ['an element that is closed twice', 'RESPONSE_MALFORMED', (s) => `${s.genuine}</samlp:Response>`],
    [
      'tags that cross',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replace('</saml:NameID>', '').replace('</saml:Subject>', '</saml:Subject></saml:NameID>'),
    ],
    [
      'a prefix that nobody declared',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replaceAll('samlp:Status>', 'undeclared:Status>'),
    ],
    ['an ampersand alone', 'RESPONSE_MALFORMED', inName('ada & bob')],
    ['an entity that nobody declared', 'RESPONSE_MALFORMED', inEmail('&a;')],
    ['HTML’s entities', 'RESPONSE_MALFORMED', inName('ada&nbsp;')],
    ['two attributes without a space', 'RESPONSE_MALFORMED', (s) => s.genuine.replace('" Version=', '"Version=')],
  ]),
  ...documents('T8', [
    ['XML 1.1', 'RESPONSE_NOT_ALLOWED', (s) => `<?xml version="1.1"?>${s.genuine}`],
    ...['UTF-7', 'UTF-16', 'ISO-8859-1', 'EBCDIC-CP-US', 'x'].map(
      (encoding): Row => [
        `${encoding}, as the declaration says`,
        'RESPONSE_NOT_ALLOWED',
        (s) => `<?xml version="1.0" encoding="${encoding}"?>${s.genuine}`,
      ],
    ),
    [
      'a declaration that does not begin the document',
      'RESPONSE_NOT_ALLOWED',
      (s) => `\n<?xml version="1.0"?>${s.genuine}`,
    ],
    ['NUL as a character reference', 'RESPONSE_MALFORMED', inName('&#0;ada')],
    ['NUL itself', 'RESPONSE_MALFORMED', inName('\u0000ada')],
    ['a control character', 'RESPONSE_MALFORMED', inName('ada\u0001')],
    ['half of a surrogate pair as a reference', 'RESPONSE_MALFORMED', inName('&#xD800;ada')],
    ['a character that is none', 'RESPONSE_MALFORMED', inName('\uFFFFada')],
  ]),
  ...fields('T8', [
    ['UTF-16 with its mark', 'RESPONSE_MALFORMED', (s) => encode(Buffer.from(`\uFEFF${s.genuine}`, 'utf16le'))],
    ['UTF-16 without a mark', 'RESPONSE_MALFORMED', (s) => encode(Buffer.from(s.genuine, 'utf16le'))],
    ['a byte order mark', 'RESPONSE_MALFORMED', (s) => encode(`\uFEFF${s.genuine}`)],
    [
      'a byte that is not UTF-8',
      'RESPONSE_MALFORMED',
      (s) => encode(Buffer.concat([Buffer.from(s.genuine), Buffer.from([0xff])])),
    ],
    [
      'an overlong slash',
      'RESPONSE_MALFORMED',
      (s) => encode(Buffer.concat([Buffer.from('<x>'), Buffer.from([0xc0, 0xaf]), Buffer.from(s.genuine)])),
    ],
  ]),
  ...documents('T9', [
    ['the end of a CDATA section as text', 'RESPONSE_MALFORMED', inName(']]>ada')],
    ['the end of a CDATA section, escaped', 'SIGNATURE_INVALID', inName(']]&gt;&lt;x/&gt;ada')],
    ['markup, escaped, in the NameID', 'SIGNATURE_INVALID', inName('ada&lt;/saml:NameID&gt;&lt;saml:NameID&gt;owner')],
    [
      'a quote, escaped, in an attribute',
      'SIGNATURE_INVALID',
      (s) => s.genuine.replace('Name="displayName"', 'Name="displayName&quot; x=&quot;"'),
    ],
    ['a comment, escaped', 'SIGNATURE_INVALID', inName('owner&lt;!----&gt;ada')],
  ]),
  ...fields('T10', [
    ['deflated, as in the HTTP-Redirect binding', 'RESPONSE_MALFORMED', (s) => encode(deflateRawSync(s.genuine))],
    ['a deflate bomb', 'RESPONSE_MALFORMED', () => encode(deflateRawSync(Buffer.alloc(64 * 1024 * 1024)))],
    ['gzip', 'RESPONSE_MALFORMED', (s) => encode(gzipSync(s.genuine))],
  ]),
  ...fields('T11', [
    ['not Base64', 'RESPONSE_MALFORMED', () => 'a%b='],
    ['Base64 for URLs', 'RESPONSE_MALFORMED', (s) => Buffer.from(`${s.genuine} >>>???`).toString('base64url')],
    ['something after the Base64', 'RESPONSE_MALFORMED', (s) => `${encode(s.genuine)}!`],
    ['two Base64 texts joined', 'RESPONSE_MALFORMED', (s) => `${encode(`${s.genuine} `)}====${encode(s.genuine)}`],
    ['a space in the Base64', 'RESPONSE_MALFORMED', (s) => encode(s.genuine).replace(/^(.{8})/, '$1 ')],
    ['Base64 of Base64', 'RESPONSE_MALFORMED', (s) => encode(encode(s.genuine))],
    ['the document itself', 'RESPONSE_MALFORMED', (s) => s.genuine],
    ['percent encoding under Base64', 'RESPONSE_MALFORMED', (s) => encode(encodeURIComponent(s.genuine))],
    [
      'Base64 that was percent-encoded once more',
      'RESPONSE_MALFORMED',
      (s) => encodeURIComponent(`${encode(s.genuine)}==`),
    ],
    ['JSON', 'RESPONSE_MALFORMED', () => encode('{"sub":"owner"}')],
    ['an empty document', 'RESPONSE_MALFORMED', () => encode(' ')],
    ['a NUL', 'RESPONSE_MALFORMED', () => '\u0000'],
    ['more than 256 KiB', 'RESPONSE_TOO_LARGE', (s) => encode(inEmail('a'.repeat(200_000))(s))],
  ]),
]
