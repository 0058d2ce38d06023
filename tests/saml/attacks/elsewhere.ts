import { type Attack, documents } from './attack.ts'
import { afterIssuer, signatureOf, withoutSignature } from './scene.ts'

/** W6 to W8: the signature is looked for, or the identity read, somewhere else. */
export const elsewhere: Attack[] = [
  ...documents('W6', [
    ['the genuine response in the forged one', 'RESPONSE_MALFORMED', (s) => s.respond(s.signedResponse() + s.forged)],
    [
      'the genuine response in the extensions of the forged one',
      'RESPONSE_MALFORMED',
      (s) =>
        s
          .respond(s.forged)
          .replace('<samlp:Status>', `<samlp:Extensions>${s.signedResponse()}</samlp:Extensions><samlp:Status>`),
    ],
    [
      'the genuine assertion under a second status',
      'RESPONSE_MALFORMED',
      (s) => s.respond(`${s.forged}<samlp:Status>${s.assertion}</samlp:Status>`),
    ],
  ]),
  ...documents('W7', [
    [
      'the signed response in the advice of the assertion that is read',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s.respond(
          s.forged.replace(
            '<saml:AuthnStatement',
            `<saml:Advice>${s.signedResponse()}</saml:Advice><saml:AuthnStatement`,
          ),
        ),
    ],
    [
      'the attribute statement of the forged assertion beside the genuine one',
      'RESPONSE_MALFORMED',
      (s) =>
        s.respond(s.assertion + (/<saml:AttributeStatement>.*<\/saml:AttributeStatement>/.exec(s.forged)?.[0] ?? '')),
    ],
    [
      'a second attribute statement in the genuine assertion',
      'SIGNATURE_INVALID',
      (s) =>
        s.respond(
          s.assertion.replace(
            '</saml:Assertion>',
            `${/<saml:AttributeStatement>.*<\/saml:AttributeStatement>/.exec(s.forged)?.[0] ?? ''}</saml:Assertion>`,
          ),
        ),
    ],
  ]),
  ...documents('W8', [
    [
      'the assertion’s signature as a child of the response',
      'ALGORITHM_NOT_ALLOWED',
      (s) => afterIssuer(s.respond(withoutSignature(s.assertion)), signatureOf(s.assertion)),
    ],
    [
      'the genuine signature in the status detail',
      'RESPONSE_NOT_ALLOWED',
      (s) =>
        s
          .respond(withoutSignature(s.assertion))
          .replace(
            '</samlp:Status>',
            `<samlp:StatusDetail>${signatureOf(s.assertion)}</samlp:StatusDetail></samlp:Status>`,
          ),
    ],
    [
      'the genuine signature as a child of the subject',
      'RESPONSE_MALFORMED',
      (s) =>
        s.respond(
          withoutSignature(s.assertion).replace('</saml:Subject>', `${signatureOf(s.assertion)}</saml:Subject>`),
        ),
    ],
    [
      'the genuine signature at the end of its assertion',
      'RESPONSE_MALFORMED',
      (s) =>
        s.respond(
          withoutSignature(s.assertion).replace('</saml:Assertion>', `${signatureOf(s.assertion)}</saml:Assertion>`),
        ),
    ],
  ]),
]
