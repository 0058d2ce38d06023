import { signElement } from '../../testkit/xml-signature.ts'
import { type Attack, documents } from './attack.ts'
import { afterIssuer, signatureOf, withObject } from './scene.ts'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
const ds = 'http://www.w3.org/2000/09/xmldsig#'
/** SHA-256 of nothing: what a canonicalization that failed would digest to. */
const digestOfNothing = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='

/** W9 to W16: names, namespaces, parsers and signatures that are mistaken for others. */
export const confusion: Attack[] = [
  ...documents('W9', [
    ['both assertions under one ID', 'RESPONSE_MALFORMED', (s) => s.respond(s.sameId(s.forged) + s.assertion)],
    [
      'the forged assertion with the genuine ID and signature',
      'SIGNATURE_INVALID',
      (s) => s.respond(afterIssuer(s.sameId(s.forged), signatureOf(s.assertion))),
    ],
    [
      'the genuine ID as xml:id',
      'RESPONSE_MALFORMED',
      (s) => s.respond(s.forged.replace('<saml:Subject>', `<saml:Subject xml:id="${s.genuineId}">`)),
    ],
    ...(['Id', 'id', 'Ids:ID'] as const).map((name): Parameters<typeof documents>[1][number] => [
      `the genuine ID as ${name === 'Ids:ID' ? 'an ID in another namespace' : name}`,
      'RESPONSE_MALFORMED',
      (s) =>
        s.respond(s.forged.replace('<saml:Assertion ', `<saml:Assertion xmlns:Ids="urn:x" ${name}="${s.genuineId}" `)),
    ]),
    [
      'the ID once more in a place that takes any attribute',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.told({
          assertionId: '_twice',
          changeAssertion: (xml) => xml.replace('<saml:AttributeValue>', '<saml:AttributeValue ID="_twice">'),
        }),
    ],
    [
      'the ID of the response and of the assertion the same',
      'RESPONSE_MALFORMED',
      (s) => s.told({ assertionId: '_same', responseId: '_same' }),
    ],
    ['an ID that is empty', 'RESPONSE_MALFORMED', (s) => s.told({ assertionId: '' })],
    ['an ID of 300 characters', 'RESPONSE_NOT_ALLOWED', (s) => s.told({ assertionId: `_${'a'.repeat(299)}` })],
  ]),
  ...documents('W10', [
    [
      'an assertion in another namespace',
      'RESPONSE_MALFORMED',
      (s) => s.respond(s.forged.replace(saml, 'urn:x') + s.assertion),
    ],
    [
      'an assertion of SAML 1.1',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replaceAll(saml, 'urn:oasis:names:tc:SAML:1.0:assertion'),
    ],
    ['a response in another namespace', 'RESPONSE_MALFORMED', (s) => s.genuine.replace(samlp, 'urn:x')],
    ['a response in the assertions’ namespace', 'RESPONSE_MALFORMED', (s) => s.genuine.replace(samlp, saml)],
    ['a response in no namespace', 'RESPONSE_MALFORMED', (s) => s.genuine.replace(/samlp:|xmlns:samlp="[^"]+"/g, '')],
    ['a signature in another namespace', 'RESPONSE_MALFORMED', (s) => s.genuine.replace(ds, 'urn:x')],
    [
      'the prefix of the signature bound to something else within it',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replace('<ds:SignedInfo>', '<ds:SignedInfo xmlns:ds="urn:x">'),
    ],
    [
      'the prefix of SAML bound to something else in the signature',
      'SIGNATURE_INVALID',
      (s) =>
        s.respond(
          afterIssuer(
            s.sameId(s.forged),
            signatureOf(s.assertion).replace('<ds:Signature ', '<ds:Signature xmlns:saml="urn:x" '),
          ),
        ),
    ],
    ['a namespace in other letter case', 'RESPONSE_MALFORMED', (s) => s.genuine.replaceAll(saml, saml.toUpperCase())],
  ]),
  ...documents('W11', [
    [
      'a relative namespace in the signed assertion',
      'RESPONSE_MALFORMED',
      (s) => s.signed((xml) => xml.replace('<saml:Subject>', '<saml:Subject xmlns:x="1">')),
    ],
    [
      'a signature of nothing over an assertion without a canonical form',
      'RESPONSE_MALFORMED',
      (s) =>
        s.respond(
          signElement(s.forged.replace('<saml:Subject>', '<saml:Subject xmlns:x="1">'), s.idp.signer, {
            changeSignedInfo: (info) => info.replace(/<ds:DigestValue>[^<]*/, `<ds:DigestValue>${digestOfNothing}`),
          }),
        ),
    ],
    [
      'a signature of nothing over a well-formed assertion',
      'SIGNATURE_INVALID',
      (s) =>
        s.respond(
          signElement(s.forged, s.idp.signer, {
            changeSignedInfo: (info) => info.replace(/<ds:DigestValue>[^<]*/, `<ds:DigestValue>${digestOfNothing}`),
          }),
        ),
    ],
    [
      'a relative namespace on the response',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replace('<samlp:Response ', '<samlp:Response xmlns:x="../x" '),
    ],
    [
      'a relative namespace under a prefix that objects have a meaning for',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replace('<saml:Subject>', '<saml:Subject xmlns:__proto__="1">'),
    ],
    [
      'a relative namespace in SignedInfo under such a prefix',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replace('<ds:SignedInfo>', '<ds:SignedInfo xmlns:__proto__="1">'),
    ],
    [
      'a relative namespace in SignedInfo',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replace('<ds:SignedInfo>', '<ds:SignedInfo xmlns:x="x">'),
    ],
  ]),
  ...documents('W12', [
    [
      'a document type with a default attribute',
      'RESPONSE_NOT_ALLOWED',
      (s) => `<!DOCTYPE r [<!ATTLIST saml:NameID Format CDATA "urn:x">]>${s.genuine}`,
    ],
    [
      'a document type that makes one parser skip what the other reads',
      'RESPONSE_NOT_ALLOWED',
      (s) => `<!DOCTYPE r [<!ENTITY a '">]><!-- '>]>${s.genuine}<!-- "'>]> -->`,
    ],
    [
      'a document type after the root began',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.genuine.replace('<samlp:Status>', '<!DOCTYPE x><samlp:Status>'),
    ],
    ['a document type in lower case', 'RESPONSE_NOT_ALLOWED', (s) => `<!doctype x>${s.genuine}`],
    [
      'one attribute twice',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replace('Version="2.0"', 'Version="2.0" Version="2.0"'),
    ],
    [
      'one attribute twice, under two prefixes of one namespace',
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replace('<samlp:Response ', '<samlp:Response xmlns:a="urn:x" xmlns:b="urn:x" a:c="1" b:c="2" '),
    ],
  ]),
  ...documents('W13', [
    [
      'two genuine assertions of two people',
      'ASSERTION_COUNT',
      (s) =>
        s.respond(s.assertion + s.idp.assertion(s.answer({ person: { subject: 'bob', email: 'bob@acme.example' } }))),
    ],
    ['the same genuine assertion twice', 'RESPONSE_MALFORMED', (s) => s.respond(s.assertion + s.assertion)],
    ['no assertion at all', 'ASSERTION_COUNT', (s) => s.respond('')],
    [
      'no assertion in a signed response',
      'ASSERTION_COUNT',
      (s) => s.idp.responseXml(s.answer({ sign: 'response' }), ''),
    ],
  ]),
  ...documents('W14', [
    ['a bare assertion', 'RESPONSE_MALFORMED', (s) => s.assertion],
    [
      'a SOAP envelope around the response',
      'RESPONSE_MALFORMED',
      (s) =>
        `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${s.genuine}</S:Body></S:Envelope>`,
    ],
    ...[
      'ArtifactResponse',
      'LogoutResponse',
      'LogoutRequest',
      'AuthnRequest',
      'AttributeQuery',
      'NameIDMappingResponse',
    ].map((name): Parameters<typeof documents>[1][number] => [
      `a message of the kind ${name}`,
      'RESPONSE_MALFORMED',
      (s) => s.genuine.replaceAll('samlp:Response', `samlp:${name}`),
    ]),
    [
      'the response in an ArtifactResponse',
      'RESPONSE_MALFORMED',
      (s) =>
        `<samlp:ArtifactResponse xmlns:samlp="${samlp}" ID="_a" IssueInstant="${s.at(0)}" Version="2.0"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>${s.genuine}</samlp:ArtifactResponse>`,
    ],
    ['a root that nobody knows', 'RESPONSE_MALFORMED', (s) => `<x>${s.genuine}</x>`],
    ['two roots', 'RESPONSE_MALFORMED', (s) => s.genuine + s.genuine],
    ['a root before the response', 'RESPONSE_MALFORMED', (s) => `<x></x>${s.genuine}`],
  ]),
  ...documents('W15', [
    [
      'of its metadata',
      'SIGNATURE_INVALID',
      (s) => {
        const metadata = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_meta" entityID="${s.idp.entityId}"></md:EntityDescriptor>`
        const signature = signatureOf(signElement(metadata, s.idp.signer))
        return s.respond(afterIssuer(s.forged.replace(/ID="[^"]+"/, 'ID="_meta"'), signature))
      },
    ],
    [
      'of an error that it signed',
      'SIGNATURE_INVALID',
      (s) => {
        const error = s.idp.responseXml(s.answer({ status: 'Requester', sign: 'response', responseId: '_error' }), '')
        return afterIssuer(s.forgedResponse().replace('_forged', '_error'), signatureOf(error))
      },
    ],
    [
      'of a token of WS-Federation',
      'SIGNATURE_INVALID',
      (s) => {
        const token = s.forged.replace(saml, 'urn:oasis:names:tc:SAML:1.0:assertion')
        return s.respond(afterIssuer(s.forged, signatureOf(signElement(token, s.idp.signer))))
      },
    ],
    [
      'of the response, for the assertion with its ID',
      'SIGNATURE_INVALID',
      (s) => {
        const signature = signatureOf(s.signedResponse())
        const id = /URI="#([^"]+)"/.exec(signature)?.[1] ?? ''
        return s.respond(afterIssuer(s.forged.replace(/ID="[^"]+"/, `ID="${id}"`), signature))
      },
    ],
  ]),
  ...documents('W16', [
    [
      'before the genuine one, with the forged assertion in it',
      'RESPONSE_MALFORMED',
      (s) => s.respond(afterIssuer(s.assertion, withObject(signatureOf(s.assertion), s.forged))),
    ],
    [
      'after the genuine one',
      'RESPONSE_MALFORMED',
      (s) => s.respond(s.assertion.replace('</ds:Signature>', `</ds:Signature>${signatureOf(s.assertion)}`)),
    ],
    [
      'in an attribute value of the genuine assertion',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.respond(s.assertion.replace('<saml:AttributeValue>', `<saml:AttributeValue>${signatureOf(s.assertion)}`)),
    ],
    [
      'on the response around the genuine one',
      'ALGORITHM_NOT_ALLOWED',
      (s) => afterIssuer(s.respond(s.assertion), signatureOf(s.assertion)),
    ],
  ]),
]
