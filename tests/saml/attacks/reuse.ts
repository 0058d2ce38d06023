import { signElement } from '../../testkit/xml-signature.ts'
import { type Attack, documents } from './attack.ts'
import { afterIssuer, signatureOf, withObject } from './scene.ts'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'

/** W15 and W16: genuine signatures, used once more. */
export const reuse: Attack[] = [
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
