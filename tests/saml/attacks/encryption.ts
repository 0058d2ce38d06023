import { type Attack, documents } from './attack.ts'
import type { Scene } from './scene.ts'

const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const oaep = `${xenc}rsa-oaep-mgf1p`
const gcm = 'http://www.w3.org/2009/xmlenc11#aes256-gcm'

/** What looks like an encrypted assertion. Its ciphertext is noise, as long as nobody decrypts. */
const encrypted = ({
  content = gcm,
  transport = oaep,
  cipher = '<xenc:CipherValue>AAAA</xenc:CipherValue>',
} = {}): string =>
  `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="${xenc}" Type="${xenc}Element"><xenc:EncryptionMethod Algorithm="${content}"></xenc:EncryptionMethod><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${transport}"></xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData>${cipher}</xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>`

const signedAround = (content: string) => (s: Scene) => s.idp.responseXml(s.answer({ sign: 'response' }), content)

/**
 * E1 to E6 against a connection that has no key to decrypt with, and so looks at nothing inside. What becomes of each of
 * them where there is a key: encrypted-acs.test.ts, and in every variation encrypted-responses.test.ts.
 */
export const encryption: Attack[] = [
  ...documents('E1', [
    ['in a response that nobody signed', 'ASSERTION_ENCRYPTED', (s) => s.respond(encrypted())],
    ['in a response that was signed', 'ASSERTION_ENCRYPTED', signedAround(encrypted())],
  ]),
  ...documents('E2', [
    ['beside a genuine assertion', 'ASSERTION_COUNT', (s) => s.respond(s.assertion + encrypted())],
    ['twice', 'ASSERTION_COUNT', (s) => s.respond(encrypted() + encrypted())],
    [
      'a plain assertion where ciphertext belongs',
      'RESPONSE_MALFORMED',
      (s) =>
        s.respond(
          `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${s.forged}</saml:EncryptedAssertion>`,
        ),
    ],
    [
      'a comment in the ciphertext',
      'RESPONSE_NOT_ALLOWED',
      (s) => s.respond(encrypted({ cipher: '<xenc:CipherValue>AA<!---->AA</xenc:CipherValue>' })),
    ],
    [
      'an encrypted NameID in a signed assertion',
      'ASSERTION_ENCRYPTED',
      (s) =>
        s.signed((xml) =>
          xml.replace(
            /<saml:NameID.*?<\/saml:NameID>/,
            encrypted()
              .replaceAll('EncryptedAssertion', 'EncryptedID')
              .replace(/ xmlns:saml="[^"]+"/, ''),
          ),
        ),
    ],
  ]),
  ...documents('E3', [
    ['AES in CBC', 'ASSERTION_ENCRYPTED', signedAround(encrypted({ content: `${xenc}aes256-cbc` }))],
  ]),
  ...documents('E4', [['RSA 1.5', 'ASSERTION_ENCRYPTED', signedAround(encrypted({ transport: `${xenc}rsa-1_5` }))]]),
  ...documents('E5', [
    ['Triple DES', 'ASSERTION_ENCRYPTED', signedAround(encrypted({ content: `${xenc}tripledes-cbc` }))],
  ]),
  ...documents('E6', [
    [
      'ciphertext by reference',
      'RESPONSE_NOT_ALLOWED',
      signedAround(encrypted({ cipher: '<xenc:CipherReference URI="http://127.0.0.1/x"></xenc:CipherReference>' })),
    ],
    [
      'a key by reference',
      'ASSERTION_ENCRYPTED',
      signedAround(
        encrypted().replace(
          /<xenc:EncryptedKey>.*<\/xenc:EncryptedKey>/,
          '<ds:RetrievalMethod URI="http://127.0.0.1/key"></ds:RetrievalMethod>',
        ),
      ),
    ],
  ]),
]
