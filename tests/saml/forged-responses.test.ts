import { deflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyResponse } from '../../server/src/sso/saml/verify-response.ts'
import { createSigningKey, type SigningKey } from '../testkit/certificates.ts'
import { signElement } from '../testkit/identity-provider.ts'
import { createTrust } from '../testkit/saml-trust.ts'

let core: Awaited<ReturnType<typeof createTrust>>
let mallorysKey: SigningKey
/** A genuine response for ada, as anybody with an account at the identity provider can get one. */
let genuine: string
let assertion: string
let forged: string
beforeAll(async () => {
  core = await createTrust()
  mallorysKey = await createSigningKey({ name: 'mallory' })
  assertion = core.idp.assertion(core.answer())
  genuine = core.idp.responseXml(core.answer(), assertion)
  forged = core.idp.assertion(core.answer({ sign: 'none', person: { subject: 'owner', email: 'owner@example.com' } }))
})

const respond = (content: string): string => core.idp.responseXml(core.answer(), content)
const signatureOf = (xml: string): string => /<ds:Signature .*?<\/ds:Signature>/s.exec(xml)?.[0] ?? ''
const withoutSignature = (xml: string): string => xml.replace(signatureOf(xml), '')
const within = (signature: string, content: string): string =>
  signature.replace('</ds:Signature>', `<ds:Object>${content}</ds:Object></ds:Signature>`)
const afterIssuer = (xml: string, content: string): string => xml.replace('</saml:Issuer>', `</saml:Issuer>${content}`)
const sameId = (xml: string): string => xml.replace(/ID="[^"]+"/, /ID="[^"]+"/.exec(assertion)?.[0] ?? '')

/** Response-level material: the response itself signed. */
function signedResponse(): string {
  return core.idp.responseXml(core.answer({ sign: 'response' }), withoutSignature(assertion))
}
const forgedResponse = (content: string, into = (xml: string) => xml): string =>
  into(core.idp.responseXml(core.answer({ sign: 'none', responseId: '_forged' }), content))

const wrapped: [what: string, make: () => string][] = [
  [
    'XSW1: a forged response around the genuine one, in the object of its signature',
    () => {
      const original = signedResponse()
      return afterIssuer(forgedResponse(forged), within(signatureOf(original), withoutSignature(original)))
    },
  ],
  [
    'XSW2: the genuine response beside its detached signature',
    () => {
      const original = signedResponse()
      return afterIssuer(forgedResponse(forged), withoutSignature(original) + signatureOf(original))
    },
  ],
  ['XSW3: a forged assertion before the genuine one', () => respond(forged + assertion)],
  ['XSW3 mirrored: a forged assertion after the genuine one', () => respond(assertion + forged)],
  [
    'XSW4: the genuine assertion inside the forged one',
    () => respond(forged.replace('</saml:Assertion>', `${assertion}</saml:Assertion>`)),
  ],
  [
    'XSW5: the forged assertion carries the genuine signature, the genuine one follows',
    () => respond(afterIssuer(forged, signatureOf(assertion)) + withoutSignature(assertion)),
  ],
  [
    'XSW6: the genuine assertion inside the signature of the forged one',
    () =>
      respond(
        afterIssuer(
          forged,
          signatureOf(assertion).replace('</ds:Signature>', `${withoutSignature(assertion)}</ds:Signature>`),
        ),
      ),
  ],
  [
    'XSW7: the genuine assertion in extensions',
    () => respond(forged).replace('<samlp:Status>', `<samlp:Extensions>${assertion}</samlp:Extensions><samlp:Status>`),
  ],
  [
    'XSW8: the genuine assertion in an object of the signature',
    () => respond(afterIssuer(forged, within(signatureOf(assertion), withoutSignature(assertion)))),
  ],
  [
    'the genuine assertion as advice in the forged one',
    () =>
      respond(forged.replace('<saml:AuthnStatement', `<saml:Advice>${assertion}</saml:Advice><saml:AuthnStatement`)),
  ],
  [
    'the genuine assertion in an attribute value',
    () => respond(forged.replace('<saml:AttributeValue>', `<saml:AttributeValue>${assertion}`)),
  ],
  [
    'the genuine assertion in SubjectConfirmationData',
    () => respond(forged.replace('</saml:SubjectConfirmationData>', `${assertion}</saml:SubjectConfirmationData>`)),
  ],
  [
    'the genuine assertion in the status detail',
    () =>
      respond(forged).replace(
        '</samlp:Status>',
        `<samlp:StatusDetail>${assertion}</samlp:StatusDetail></samlp:Status>`,
      ),
  ],
  [
    'the genuine assertion in an element of nobody’s',
    () => respond(`<x:box xmlns:x="urn:x">${assertion}</x:box>${forged}`),
  ],
  ['both assertions under one ID', () => respond(sameId(forged) + assertion)],
  [
    'the forged assertion with the genuine ID and signature',
    () => respond(afterIssuer(sameId(forged), signatureOf(assertion))),
  ],
  [
    'the genuine ID in another attribute of the forged assertion',
    () => respond(forged.replace('<saml:Subject>', `<saml:Subject xml:id="${/ID="([^"]+)"/.exec(assertion)?.[1]}">`)),
  ],
  [
    'two genuine assertions of two people',
    () =>
      respond(assertion + core.idp.assertion(core.answer({ person: { subject: 'bob', email: 'bob@example.com' } }))),
  ],
  [
    'a decoy signature with the same value before the genuine one',
    () => respond(afterIssuer(assertion, within(signatureOf(assertion), forged))),
  ],
  [
    'an assertion in a foreign namespace',
    () => respond(forged.replace('urn:oasis:names:tc:SAML:2.0:assertion', 'urn:x') + assertion),
  ],
]

describe('a genuine signature carries no forged content:', () => {
  test('the genuine response alone is good', () => {
    expect(core.verifyXml(genuine)).toMatchObject({ ok: true, assertion: { nameId: { value: 'ada' } } })
    expect(core.verifyXml(signedResponse())).toMatchObject({ ok: true })
  })

  test.each(wrapped)('%s', (_what, make) => {
    expect(core.verifyXml(make())).toMatchObject({ ok: false })
  })
})

const tampered: [what: string, make: () => string, reason: string][] = [
  ['the subject was changed', () => genuine.replace('>ada<', '>owner<'), 'SIGNATURE_INVALID'],
  [
    'the e-mail address was changed',
    () => genuine.replace('ada@example.com', 'owner@example.com'),
    'SIGNATURE_INVALID',
  ],
  [
    'the digest was changed to fit',
    () => {
      const changed = withoutSignature(assertion).replace('>ada<', '>owner<')
      const fitting = signElement(changed, mallorysKey)
      const digest = /<ds:DigestValue>(.*?)</.exec(fitting)?.[1] ?? ''
      return respond(
        afterIssuer(changed, signatureOf(assertion).replace(/<ds:DigestValue>.*?</, `<ds:DigestValue>${digest}<`)),
      )
    },
    'SIGNATURE_INVALID',
  ],
  [
    'two SignedInfo elements',
    () => {
      const info = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s.exec(signatureOf(assertion))?.[0] ?? ''
      return respond(assertion.replace(info, info + info))
    },
    'RESPONSE_MALFORMED',
  ],
  [
    'two references',
    () =>
      core.idp.responseXml(
        core.answer({
          signing: {
            changeSignedInfo: (info) => {
              const reference = /<ds:Reference.*<\/ds:Reference>/s.exec(info)?.[0] ?? ''
              return info.replace(reference, reference + reference)
            },
          },
        }),
      ),
    'ALGORITHM_NOT_ALLOWED',
  ],
  [
    'two digest values',
    () =>
      core.idp.responseXml(
        core.answer({
          signing: {
            changeSignature: (signature) =>
              signature.replace('<ds:DigestValue>', '<ds:DigestValue>AAAA</ds:DigestValue><ds:DigestValue>'),
          },
        }),
      ),
    'RESPONSE_MALFORMED',
  ],
  [
    'a signature in an object',
    () =>
      core.idp.responseXml(
        core.answer({
          signing: {
            changeSignature: (signature) =>
              signature.replace('</ds:Signature>', '<ds:Object></ds:Object></ds:Signature>'),
          },
        }),
      ),
    'RESPONSE_NOT_ALLOWED',
  ],
  [
    'a key to fetch from elsewhere',
    () =>
      core.idp.responseXml(
        core.answer({
          signing: {
            changeSignature: (signature) =>
              signature.replace(
                /<ds:X509Data>.*<\/ds:X509Data>/s,
                '<ds:RetrievalMethod URI="http://127.0.0.1/key"></ds:RetrievalMethod>',
              ),
          },
        }),
      ),
    'RESPONSE_NOT_ALLOWED',
  ],
  [
    'the signature at the end of the assertion',
    () =>
      respond(withoutSignature(assertion).replace('</saml:Assertion>', `${signatureOf(assertion)}</saml:Assertion>`)),
    'RESPONSE_MALFORMED',
  ],
  [
    'a good assertion in a response whose own signature is broken',
    () => core.idp.responseXml(core.answer({ sign: 'both' })).replace('Destination="', 'Consent="urn:x" Destination="'),
    'SIGNATURE_INVALID',
  ],
  [
    'mallory’s key and certificate',
    () => core.idp.responseXml(core.answer({ signing: { signer: mallorysKey } })),
    'SIGNATURE_INVALID',
  ],
  [
    'the trusted certificate beside mallory’s signature',
    () =>
      core.idp.responseXml(
        core.answer({
          signing: {
            signer: mallorysKey,
            changeSignature: (signature) =>
              signature.replace(mallorysKey.der.toString('base64'), core.idp.signer.der.toString('base64')),
          },
        }),
      ),
    'SIGNATURE_INVALID',
  ],
  [
    'a namespace that is not absolute, for which there is no canonical form',
    () =>
      core.idp.responseXml(
        core.answer({ changeAssertion: (xml) => xml.replace('<saml:Subject>', '<saml:Subject xmlns:x="1">') }),
      ),
    'RESPONSE_MALFORMED',
  ],
  ['a comment in the e-mail address', () => genuine.replace('ada@', 'ada<!---->@'), 'RESPONSE_NOT_ALLOWED'],
  [
    'a processing instruction in the e-mail address',
    () => genuine.replace('ada@', '<?x owner?>ada@'),
    'RESPONSE_NOT_ALLOWED',
  ],
  [
    'a CDATA section in the e-mail address',
    () => genuine.replace('ada@', '<![CDATA[owner@x]]>ada@'),
    'RESPONSE_NOT_ALLOWED',
  ],
  ['a document type', () => `<!DOCTYPE x>${genuine}`, 'RESPONSE_NOT_ALLOWED'],
  [
    'a document type with entities that grow',
    () => `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${genuine.replace('ada@', '&b;@')}`,
    'RESPONSE_NOT_ALLOWED',
  ],
  [
    'an external entity',
    () => `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>${genuine.replace('ada@', '&a;@')}`,
    'RESPONSE_NOT_ALLOWED',
  ],
  ['an entity nobody declared', () => genuine.replace('ada@', '&a;@'), 'RESPONSE_MALFORMED'],
  ['a NUL as a character reference', () => genuine.replace('ada@', '&#0;@'), 'RESPONSE_MALFORMED'],
  ['XML 1.1', () => `<?xml version="1.1"?>${genuine}`, 'RESPONSE_NOT_ALLOWED'],
  ['another encoding', () => `<?xml version="1.0" encoding="UTF-7"?>${genuine}`, 'RESPONSE_NOT_ALLOWED'],
  ['a stylesheet', () => `<?xml-stylesheet href="http://127.0.0.1/x"?>${genuine}`, 'RESPONSE_NOT_ALLOWED'],
  ['text after the end', () => `${genuine}x`, 'RESPONSE_MALFORMED'],
  ['two roots', () => genuine + genuine, 'RESPONSE_MALFORMED'],
  ['an attribute without quotes', () => genuine.replace('Version="2.0"', 'Version=2.0'), 'RESPONSE_MALFORMED'],
  ['a bare assertion', () => assertion, 'RESPONSE_MALFORMED'],
  [
    'a SOAP envelope around it',
    () => `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${genuine}</S:Body></S:Envelope>`,
    'RESPONSE_MALFORMED',
  ],
  ['a request', () => genuine.replaceAll('samlp:Response', 'samlp:AuthnRequest'), 'RESPONSE_MALFORMED'],
  [
    'a response in a foreign namespace',
    () => genuine.replace('urn:oasis:names:tc:SAML:2.0:protocol', 'urn:x'),
    'RESPONSE_MALFORMED',
  ],
  [
    'two names of the subject',
    () =>
      core.idp.responseXml(
        core.answer({
          changeAssertion: (xml) =>
            xml.replace('<saml:SubjectConfirmation ', '<saml:NameID>owner</saml:NameID><saml:SubjectConfirmation '),
        }),
      ),
    'RESPONSE_MALFORMED',
  ],
  [
    'a status of Success under a failure',
    () =>
      genuine.replace(
        '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode>',
        '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:StatusCode>',
      ),
    'STATUS_NOT_SUCCESS',
  ],
]

describe('what was changed, or cannot be read in one way only, is refused:', () => {
  test.each(tampered)('%s', (_what, make, reason) => {
    const xml = make()
    expect(xml).not.toBe(genuine)
    const outcome = core.verifyXml(xml)
    expect(outcome.ok ? 'accepted' : outcome.reason).toBe(reason)
  })

  const encode = (bytes: Buffer): string => bytes.toString('base64')
  const fields: [what: string, field: () => string, reason: string][] = [
    ['not Base64', () => 'a%b', 'RESPONSE_MALFORMED'],
    [
      'Base64 for URLs',
      () => encode(Buffer.from(genuine)).replaceAll('+', '-').replaceAll('/', '_').replace(/=*$/, ''),
      'RESPONSE_MALFORMED',
    ],
    ['Base64 with something after it', () => `${encode(Buffer.from(genuine))}!`, 'RESPONSE_MALFORMED'],
    ['deflated, as in the other binding', () => encode(deflateRawSync(genuine)), 'RESPONSE_MALFORMED'],
    ['UTF-16', () => encode(Buffer.from(`\uFEFF${genuine}`, 'utf16le')), 'RESPONSE_MALFORMED'],
    ['a byte order mark', () => encode(Buffer.from(`\uFEFF${genuine}`)), 'RESPONSE_MALFORMED'],
    [
      'bytes that are not UTF-8',
      () => encode(Buffer.concat([Buffer.from(genuine), Buffer.from([0xff])])),
      'RESPONSE_MALFORMED',
    ],
    [
      'more than 256 KiB',
      () => encode(Buffer.from(genuine.replace('ada@', `${'a'.repeat(200_000)}@`))),
      'RESPONSE_TOO_LARGE',
    ],
    [
      'elements nested deeper than any response',
      () => encode(Buffer.from(respond(`${'<x>'.repeat(100)}${'</x>'.repeat(100)}`))),
      'RESPONSE_MALFORMED',
    ],
    ['a flood of elements', () => encode(Buffer.from(respond('<x></x>'.repeat(5000)))), 'RESPONSE_NOT_ALLOWED'],
    [
      'a flood of namespaces',
      () =>
        encode(
          Buffer.from(respond(`<x ${Array.from({ length: 200 }, (_, i) => `xmlns:n${i}="urn:${i}"`).join(' ')}></x>`)),
        ),
      'RESPONSE_NOT_ALLOWED',
    ],
    [
      'a flood of references',
      () =>
        encode(
          Buffer.from(
            core.idp.responseXml(
              core.answer({
                signing: {
                  changeSignedInfo: (info) => {
                    const reference = /<ds:Reference.*<\/ds:Reference>/s.exec(info)?.[0] ?? ''
                    return info.replace(reference, reference.repeat(250))
                  },
                },
              }),
            ),
          ),
        ),
      'ALGORITHM_NOT_ALLOWED',
    ],
  ]
  test.each(fields)('%s', (_what, field, reason) => {
    const started = performance.now()
    const outcome = verifyResponse({ samlResponse: field(), trust: core.trust, now: core.now })
    expect(outcome.ok ? 'accepted' : outcome.reason).toBe(reason)
    // None of them may be expensive; a real response takes a few milliseconds.
    expect(performance.now() - started).toBeLessThan(500)
  })
})
