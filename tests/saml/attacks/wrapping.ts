import { signElement } from '../../testkit/xml-signature.ts'
import { type Attack, documents } from './attack.ts'
import { afterIssuer, signatureOf, withObject, withoutSignature } from './scene.ts'

/** W1 to W5: a genuine signature is somewhere in the document, and forged content where it is read. */
export const wrapping: Attack[] = [
  ...documents('W1', [
    [
      'XSW1: the genuine response in the object of its own signature',
      'RESPONSE_NOT_ALLOWED',
      (s) => {
        const original = s.signedResponse()
        return afterIssuer(s.forgedResponse(), withObject(signatureOf(original), withoutSignature(original)))
      },
    ],
    [
      'XSW2: the genuine response beside its detached signature',
      'RESPONSE_MALFORMED',
      (s) => {
        const original = s.signedResponse()
        return afterIssuer(s.forgedResponse(), withoutSignature(original) + signatureOf(original))
      },
    ],
    [
      'the genuine signature in a forged response with the genuine ID',
      'SIGNATURE_INVALID',
      (s) => {
        const original = s.signedResponse()
        const id = /ID="([^"]+)"/.exec(original)?.[1] ?? ''
        return afterIssuer(s.forgedResponse().replace('_forged', id), signatureOf(original))
      },
    ],
  ]),
  ...documents('W2', [
    ['XSW3: a forged assertion before the genuine one', 'ASSERTION_COUNT', (s) => s.respond(s.forged + s.assertion)],
    ['XSW3 mirrored: a forged assertion after it', 'ASSERTION_COUNT', (s) => s.respond(s.assertion + s.forged)],
    [
      'XSW4: the genuine assertion in the forged one',
      'RESPONSE_MALFORMED',
      (s) => s.respond(s.forged.replace('</saml:Assertion>', `${s.assertion}</saml:Assertion>`)),
    ],
    [
      'XSW4 mirrored: the forged assertion in the genuine one',
      'RESPONSE_MALFORMED',
      (s) => s.respond(s.assertion.replace('</saml:Assertion>', `${s.forged}</saml:Assertion>`)),
    ],
    [
      'the forged assertion in a response that was signed',
      'SIGNATURE_INVALID',
      (s) =>
        s
          .signedResponse()
          .replace('<saml:Assertion ', `${s.forged}<saml:Assertion `)
          .replace(withoutSignature(s.assertion), ''),
    ],
  ]),
  ...documents('W3', [
    [
      'XSW5: the genuine assertion follows without its signature',
      'ASSERTION_COUNT',
      (s) => s.respond(afterIssuer(s.forged, signatureOf(s.assertion)) + withoutSignature(s.assertion)),
    ],
    [
      'XSW6: the genuine assertion in the signature',
      'RESPONSE_MALFORMED',
      (s) => {
        const around = signatureOf(s.assertion).replace(
          '</ds:Signature>',
          `${withoutSignature(s.assertion)}</ds:Signature>`,
        )
        return s.respond(afterIssuer(s.forged, around))
      },
    ],
    [
      'the genuine signature alone',
      'ALGORITHM_NOT_ALLOWED',
      (s) => s.respond(afterIssuer(s.forged, signatureOf(s.assertion))),
    ],
  ]),
  ...documents('W4', [
    [
      'XSW7: the genuine assertion in extensions',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s
          .respond(s.forged)
          .replace('<samlp:Status>', `<samlp:Extensions>${s.assertion}</samlp:Extensions><samlp:Status>`),
    ],
    [
      'XSW7 mirrored: the forged assertion in extensions',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.genuine.replace('<samlp:Status>', `<samlp:Extensions>${s.forged}</samlp:Extensions><samlp:Status>`),
    ],
    [
      'XSW8: the genuine assertion in an object of the signature',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.respond(afterIssuer(s.forged, withObject(signatureOf(s.assertion), withoutSignature(s.assertion)))),
    ],
    [
      'XSW8 mirrored: the forged assertion in an object of the genuine signature',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.genuine.replace('</ds:Signature>', `<ds:Object>${s.forged}</ds:Object></ds:Signature>`),
    ],
  ]),
  ...documents('W5', [
    [
      'in an advice',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.respond(
          s.forged.replace('<saml:AuthnStatement', `<saml:Advice>${s.assertion}</saml:Advice><saml:AuthnStatement`),
        ),
    ],
    [
      'in an attribute value',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.respond(s.forged.replace('<saml:AttributeValue>', `<saml:AttributeValue>${s.assertion}`)),
    ],
    [
      'in SubjectConfirmationData',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.respond(s.forged.replace('</saml:SubjectConfirmationData>', `${s.assertion}</saml:SubjectConfirmationData>`)),
    ],
    [
      'in the status detail',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s
          .respond(s.forged)
          .replace('</samlp:Status>', `<samlp:StatusDetail>${s.assertion}</samlp:StatusDetail></samlp:Status>`),
    ],
    [
      'in the scoping of a request',
      'RESPONSE_MALFORMED',
      (s) => s.respond(`<samlp:Scoping><samlp:IDPList>${s.assertion}</samlp:IDPList></samlp:Scoping>${s.forged}`),
    ],
    [
      'in an element of nobody’s',
      'RESPONSE_MALFORMED',
      (s) => s.respond(`<x:box xmlns:x="urn:x">${s.assertion}</x:box>${s.forged}`),
    ],
    [
      'deep in foreign elements of an advice',
      'RESPONSE_NOT_ALLOWED',
      (s) => {
        const deep = `${'<x:box>'.repeat(20)}${s.assertion}${'</x:box>'.repeat(20)}`.replace(
          '<x:box>',
          '<x:box xmlns:x="urn:x">',
        )
        return s.respond(
          s.forged.replace('<saml:AuthnStatement', `<saml:Advice>${deep}</saml:Advice><saml:AuthnStatement`),
        )
      },
    ],
    [
      'in the key information of the forged signature',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.respond(
          signElement(s.forged, s.keys.mallory, {
            changeSignature: (signature) => signature.replace('</ds:KeyInfo>', `${s.assertion}</ds:KeyInfo>`),
          }),
        ),
    ],
    [
      'in the key information of the subject confirmation',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.respond(
          s.forged.replace(
            '</saml:SubjectConfirmationData>',
            `<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${s.assertion}</ds:KeyInfo></saml:SubjectConfirmationData>`,
          ),
        ),
    ],
  ]),
]
