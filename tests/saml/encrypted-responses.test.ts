import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Trust, VerifiedResponse } from '../../server/src/sso/saml/verify-response.ts'
import { type Block, type EncryptOptions, encryptElement, xenc } from '../testkit/encrypt.ts'
import type { Answer } from '../testkit/identity-provider.ts'
import { createTrust } from '../testkit/saml-trust.ts'
import { signElement } from '../testkit/xml-signature.ts'

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

let core: Awaited<ReturnType<typeof createTrust>>
let ours: { publicKey: KeyObject; privateKey: KeyObject }
let stranger: { publicKey: KeyObject; privateKey: KeyObject }
beforeAll(async () => {
  core = await createTrust()
  ours = newKey()
  stranger = newKey()
})

const gcm: Block[] = ['aes128-gcm', 'aes192-gcm', 'aes256-gcm']
const cbc: Block[] = ['aes128-cbc', 'aes192-cbc', 'aes256-cbc']

const trusting = (allowCbc = false): Partial<Trust> => ({ decryption: { keys: [ours.privateKey], allowCbc } })
const encrypted = (options: Partial<EncryptOptions> = {}): { encrypt: EncryptOptions } => ({
  encrypt: { publicKey: ours.publicKey, ...options },
})
const verify = (lies: Partial<Answer>, allowCbc = false): VerifiedResponse => core.verify(lies, trusting(allowCbc))
const reasonOf = (outcome: VerifiedResponse): string => (outcome.ok ? 'accepted' : outcome.reason)
const checkOf = (outcome: VerifiedResponse, name: string) => outcome.checks.filter((each) => each.name === name).at(-1)

/** One bit of one byte. Negative: from the end. */
const turnOver =
  (at: number) =>
  (data: Buffer): Buffer => {
    const changed = Buffer.from(data)
    const index = at < 0 ? data.length + at : at
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
    return changed
  }

describe('an encrypted assertion', () => {
  test.each(gcm.flatMap((block) => (['assertion', 'response', 'both'] as const).map((sign) => ({ block, sign }))))(
    'is read from $block when the $sign is signed',
    ({ block, sign }) => {
      const outcome = verify({ ...encrypted({ block }), sign })
      expect(outcome).toMatchObject({ ok: true })
      if (!outcome.ok) return
      expect(outcome.assertion).toMatchObject({ nameId: { value: 'ada' }, inResponseTo: '_request' })
      expect(outcome.checks.every((check) => check.passed)).toBe(true)
      expect(checkOf(outcome, 'decryption')).toBeDefined()
    },
  )

  test.each(cbc)('is read from %s when the connection allows it, and is refused by name when not', (block) => {
    expect(reasonOf(verify(encrypted({ block }), true))).toBe('accepted')
    const outcome = verify(encrypted({ block }))
    expect(reasonOf(outcome)).toBe('ENCRYPTION_NOT_ALLOWED')
    expect(checkOf(outcome, 'decryption')?.actual).toBe('AES-CBC')
  })

  const transports = [
    { transport: 'rsa-oaep-mgf1p', digest: null },
    { transport: 'rsa-oaep-mgf1p', digest: 'sha1' },
    { transport: 'rsa-oaep-mgf1p', digest: 'sha256' },
    { transport: 'rsa-oaep', digest: null, mgf: null },
    { transport: 'rsa-oaep', digest: 'sha1', mgf: 'sha1' },
    { transport: 'rsa-oaep', digest: 'sha256', mgf: null },
    { transport: 'rsa-oaep', digest: 'sha256', mgf: 'sha1' },
    { transport: 'rsa-oaep', digest: 'sha1', mgf: 'sha256' },
    { transport: 'rsa-oaep', digest: 'sha256', mgf: 'sha256' },
  ] as const
  test.each(transports)('takes a key wrapped with $transport, digest $digest, mask $mgf', (options) => {
    for (let time = 0; time < 20; time += 1) expect(reasonOf(verify(encrypted(options)))).toBe('accepted')
  })

  test.each(['inside', 'beside', 'referred'] as const)('takes a wrapped key that stands %s', (place) => {
    expect(reasonOf(verify({ ...encrypted({ place }), sign: 'both' }))).toBe('accepted')
    expect(reasonOf(verify({ ...encrypted({ place }), sign: 'response' }))).toBe('accepted')
  })

  test('may be encrypted for others, too', () => {
    expect(reasonOf(verify(encrypted({ others: [stranger.publicKey] })))).toBe('accepted')
  })

  test('is read with either of two keys while one takes over from the other', () => {
    const decryption = { keys: [stranger.privateKey, ours.privateKey], allowCbc: false }
    for (const { publicKey } of [ours, stranger]) {
      expect(reasonOf(core.verify(encrypted({ publicKey }), { decryption }))).toBe('accepted')
    }
  })

  test('may begin with an XML declaration inside, and use what is declared around it', () => {
    const prolog = '<?xml version="1.0" encoding="UTF-8"?>'
    expect(reasonOf(verify(encrypted({ changePlaintext: (xml) => prolog + xml })))).toBe('accepted')
    // The whole document declares the prefix, so that the part need not.
    const xml = core.idp.responseXml(
      core.answer({
        sign: 'response',
        ...encrypted({ changePlaintext: (text) => text.replace(/ xmlns:saml="[^"]+"/, '') }),
      }),
    )
    const declared = xml.replace(
      '<samlp:Response',
      '<samlp:Response xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
    )
    expect(reasonOf(core.verifyXml(declared, trusting()))).toBe('accepted')
  })

  test('may leave out its type, and be of no other', () => {
    expect(reasonOf(verify(encrypted({ type: null })))).toBe('accepted')
    expect(reasonOf(verify(encrypted({ type: `${xenc}Content` })))).toBe('ENCRYPTION_NOT_ALLOWED')
  })

  test('is held to the same checks as one in clear', () => {
    expect(reasonOf(verify({ ...encrypted(), audiences: [['https://other.example']] }))).toBe('AUDIENCE_MISMATCH')
    expect(reasonOf(verify({ ...encrypted(), destination: 'https://other.example' }))).toBe('DESTINATION_MISMATCH')
    expect(reasonOf(verify({ ...encrypted(), issuer: 'https://other.example' }))).toBe('ISSUER_MISMATCH')
    expect(reasonOf(verify({ ...encrypted(), status: 'Responder' }))).toBe('STATUS_NOT_SUCCESS')
  })

  test('is refused by name where the connection has no key', () => {
    expect(reasonOf(core.verify(encrypted()))).toBe('ASSERTION_ENCRYPTED')
  })
})

describe('an encrypted name', () => {
  const encryptNameId = () => ({ encryptNameId: { publicKey: ours.publicKey } })

  test.each(['assertion', 'response', 'both'] as const)('is read when the %s is signed', (sign) => {
    const outcome = verify({ ...encryptNameId(), sign })
    expect(outcome.ok && outcome.assertion.nameId).toMatchObject({ value: 'ada' })
  })

  test('is read in an encrypted assertion', () => {
    const outcome = verify({ ...encryptNameId(), ...encrypted() })
    expect(outcome.ok && outcome.assertion.nameId).toMatchObject({ value: 'ada' })
  })

  test.each(['assertion', 'response'] as const)('is read beside values with a type, when the %s is signed', (sign) => {
    const xsi = 'http://www.w3.org/2001/XMLSchema-instance'
    const changeAssertion = (xml: string) =>
      xml.replaceAll('<saml:AttributeValue>', `<saml:AttributeValue xmlns:xsi="${xsi}" xsi:type="xs:string">`)
    const xml = core.idp
      .responseXml(core.answer({ ...encryptNameId(), sign, changeAssertion }))
      .replace('<samlp:Response', '<samlp:Response xmlns:xs="http://www.w3.org/2001/XMLSchema"')
    expect(reasonOf(core.verifyXml(xml, trusting()))).toBe('accepted')
  })

  test('must be for us, a NameID, and nothing that hides something', () => {
    const refusals = [
      { publicKey: stranger.publicKey },
      { changePlaintext: (xml: string) => xml.replace('ada', 'a<!-- -->da') },
      { changePlaintext: (xml: string) => xml + xml },
      { changePlaintext: () => 'ada' },
      { changePlaintext: (xml: string) => xml.replace('<saml:NameID', '<saml:NameID Unknown="x"') },
      { changePlaintext: (xml: string) => `${xml}<saml:SubjectConfirmation Method="x"></saml:SubjectConfirmation>` },
      { changePlaintext: (xml: string) => `${xml}text` },
      { changePlaintext: (xml: string) => xml.replaceAll('NameID', 'BaseID') },
      {
        changePlaintext: (xml: string) =>
          encryptElement(xml, 'EncryptedID', { publicKey: ours.publicKey }).replace(
            '<saml:EncryptedID',
            '<saml:EncryptedID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
          ),
      },
      { changeData: turnOver(-1) },
    ].map((options) => reasonOf(verify({ encryptNameId: { publicKey: ours.publicKey, ...options } })))
    expect(refusals).toEqual(refusals.map(() => 'DECRYPTION_FAILED'))
  })

  test('is refused by name where the connection has no key', () => {
    expect(reasonOf(core.verify(encryptNameId()))).toBe('ASSERTION_ENCRYPTED')
  })
})

describe('what is refused before anything is decrypted', () => {
  const named: [what: string, reason: string, actual: RegExp, options: Partial<EncryptOptions>][] = [
    ['RSA with PKCS#1 v1.5', 'ENCRYPTION_NOT_ALLOWED', /rsa-1_5/, { transport: 'rsa-1_5' }],
    ['triple DES', 'ENCRYPTION_NOT_ALLOWED', /tripledes/, { block: 'tripledes' }],
    [
      'a digest that nobody uses',
      'ENCRYPTION_NOT_ALLOWED',
      /sha512/,
      { transport: 'rsa-oaep', digest: 'sha512', mgf: 'sha1' },
    ],
    [
      'a mask that nobody uses',
      'ENCRYPTION_NOT_ALLOWED',
      /mgf1sha512/,
      { transport: 'rsa-oaep', digest: 'sha1', mgf: 'sha512' },
    ],
    [
      'another mask under the older name',
      'ENCRYPTION_NOT_ALLOWED',
      /mgf1sha256/,
      { transport: 'rsa-oaep-mgf1p', digest: 'sha256', mgf: 'sha256' },
    ],
    [
      'an algorithm named like a property of every object',
      'ENCRYPTION_NOT_ALLOWED',
      /constructor/,
      { change: (xml) => xml.replace(/Algorithm="[^"]+aes256-gcm"/, 'Algorithm="constructor"') },
    ],
    [
      'a reference to ciphertext elsewhere',
      'RESPONSE_NOT_ALLOWED',
      /CipherReference/,
      {
        change: (xml) =>
          xml.replace(
            /<xenc:CipherValue>[^<]+<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>/,
            '<xenc:CipherReference URI="http://127.0.0.1/secret"></xenc:CipherReference></xenc:CipherData></xenc:EncryptedData>',
          ),
      },
    ],
    [
      'a key to be fetched',
      'ENCRYPTION_NOT_ALLOWED',
      /http:\/\/127\.0\.0\.1/,
      { place: 'referred', change: (xml) => xml.replace(/URI="#[^"]+"/, 'URI="http://127.0.0.1/key"') },
    ],
    [
      'a key that is not there',
      'ENCRYPTION_NOT_ALLOWED',
      /#other/,
      { place: 'referred', change: (xml) => xml.replace(/URI="#[^"]+"/, 'URI="#other"') },
    ],
    [
      'a key to be computed',
      'RESPONSE_NOT_ALLOWED',
      /Transforms/,
      {
        place: 'referred',
        change: (xml) =>
          xml.replace(
            '</ds:RetrievalMethod>',
            '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"></ds:Transform></ds:Transforms></ds:RetrievalMethod>',
          ),
      },
    ],
    [
      'a label in the padding',
      'RESPONSE_NOT_ALLOWED',
      /OAEPparams/,
      { change: (xml) => xml.replace('<ds:DigestMethod', '<xenc:OAEPparams>AAAA</xenc:OAEPparams><ds:DigestMethod') },
    ],
    [
      'no wrapped key',
      'ENCRYPTION_NOT_ALLOWED',
      /no wrapped key/,
      { change: (xml) => xml.replace(/<ds:KeyInfo.*<\/ds:KeyInfo>/, '') },
    ],
    [
      'properties that could hide something',
      'RESPONSE_NOT_ALLOWED',
      /EncryptionProperties/,
      {
        change: (xml) =>
          xml.replace(
            '</xenc:EncryptedData>',
            '<xenc:EncryptionProperties><xenc:EncryptionProperty><ds:KeyName xmlns:ds="http://www.w3.org/2000/09/xmldsig#">x</ds:KeyName></xenc:EncryptionProperty></xenc:EncryptionProperties></xenc:EncryptedData>',
          ),
      },
    ],
  ]
  test.each(named)('%s', (_, reason, actual, options) => {
    const outcome = verify(encrypted(options), true)
    expect(reasonOf(outcome)).toBe(reason)
    expect(outcome.checks.at(-1)).toMatchObject({ passed: false, actual: expect.stringMatching(actual) })
  })

  test('five wrapped keys, each of which would cost a private operation', () => {
    const others = Array.from({ length: 4 }, () => stranger.publicKey)
    expect(reasonOf(verify(encrypted({ others })))).toBe('ENCRYPTION_NOT_ALLOWED')
  })

  test('a ciphertext that the signature of the response does not cover as it is', () => {
    const xml = core.idp.responseXml(core.answer({ sign: 'response', ...encrypted() }))
    const other = core.idp.responseXml(core.answer({ sign: 'none', ...encrypted() }))
    const value = /<saml:EncryptedAssertion.*<\/saml:EncryptedAssertion>/
    const swapped = xml.replace(value, value.exec(other)?.[0] ?? '')
    const outcome = core.verifyXml(swapped, trusting())
    expect(reasonOf(outcome)).toBe('SIGNATURE_INVALID')
    expect(checkOf(outcome, 'decryption')).toBeUndefined()
  })

  test('two encrypted assertions, and one beside another in clear', () => {
    const one = () =>
      encryptElement(core.idp.assertion(core.answer()), 'EncryptedAssertion', { publicKey: ours.publicKey })
    const clear = core.idp.assertion(core.answer())
    for (const content of [one() + one(), one() + clear, clear + one()]) {
      expect(reasonOf(core.verifyXml(core.idp.responseXml(core.answer(), content), trusting()))).toBe('ASSERTION_COUNT')
    }
  })
})

describe('encryption proves nothing about the sender', () => {
  test('so that an encrypted assertion must be signed, inside or outside', () => {
    expect(reasonOf(verify({ ...encrypted(), sign: 'none' }))).toBe('SIGNATURE_MISSING')
  })

  test('and signed by the identity provider of the connection', async () => {
    const { idp } = await createTrust()
    for (const sign of ['assertion', 'response', 'both'] as const) {
      expect(reasonOf(verify({ ...encrypted(), sign, signing: { signer: idp.signer } }))).toBe('SIGNATURE_INVALID')
    }
  })

  test('a broken signature inside is not made good by one outside', () => {
    const spoil = (xml: string) => xml.replace('ada@example.com', 'eve@example.com')
    const outcome = verify({ ...encrypted({ changePlaintext: spoil }), sign: 'both' })
    expect(reasonOf(outcome)).toBe('SIGNATURE_INVALID')
  })
})

describe('what is hidden in ciphertext is looked at like everything else', () => {
  const forged = () => core.idp.assertion(core.answer({ sign: 'none', person: { subject: 'eve' } }))
  const hidden: [what: string, change: (xml: string) => string][] = [
    ['two assertions', (xml) => xml + xml],
    ['a forged assertion before the genuine one', (xml) => forged() + xml],
    ['a forged assertion after the genuine one', (xml) => xml + forged()],
    [
      'a genuine assertion in the signature of a forged one',
      (xml) =>
        forged().replace(
          '</saml:Issuer>',
          `</saml:Issuer>${(/<ds:Signature.*<\/ds:Signature>/.exec(xml)?.[0] ?? '').replace('</ds:Signature>', `<ds:Object>${xml.replace(/<ds:Signature.*<\/ds:Signature>/, '')}</ds:Object></ds:Signature>`)}`,
        ),
    ],
    [
      'a genuine assertion in the advice of a forged one',
      (xml) => forged().replace('<saml:AuthnStatement', `<saml:Advice>${xml}</saml:Advice><saml:AuthnStatement`),
    ],
    ['a comment', (xml) => xml.replace('>ada<', '>a<!-- -->da<')],
    ['a processing instruction', (xml) => xml.replace('>ada<', '>a<?x y?>da<')],
    ['a CDATA section', (xml) => xml.replace('>ada<', '><![CDATA[ada]]><')],
    ['a document type', (xml) => `<!DOCTYPE saml:Assertion [<!ENTITY x "eve">]>${xml}`],
    ['an external document type', (xml) => `<!DOCTYPE saml:Assertion SYSTEM "http://127.0.0.1/x.dtd">${xml}`],
    ['text around the assertion', (xml) => `text${xml}`],
    ['no assertion but text', () => 'ada'],
    ['nothing', () => ''],
    ['another element', () => '<saml:Advice xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"></saml:Advice>'],
    ['an assertion that is not closed', (xml) => xml.slice(0, -5)],
    [
      'the end of the response and another one',
      (xml) => `${xml}</samlp:Response><samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">`,
    ],
    ['a status after the assertion', (xml) => `${xml}<samlp:Status></samlp:Status>`],
    [
      'a namespace that is not absolute',
      (xml) => xml.replace('<saml:Assertion ', '<saml:Assertion xmlns:x="relative" '),
    ],
    ['another encrypted assertion', (xml) => encryptElement(xml, 'EncryptedAssertion', { publicKey: ours.publicKey })],
  ]
  test.each(hidden)('%s', (_, changePlaintext) => {
    expect(reasonOf(verify(encrypted({ changePlaintext })))).toBe('DECRYPTION_FAILED')
    expect(reasonOf(verify({ ...encrypted({ changePlaintext }), sign: 'both' }))).toBe('DECRYPTION_FAILED')
  })

  test('an assertion signed by reference to another with its ID', () => {
    const genuine = core.idp.assertion(core.answer({ assertionId: '_one' }))
    const signature = /<ds:Signature.*<\/ds:Signature>/.exec(genuine)?.[0] ?? ''
    const carried = core.idp
      .assertion(core.answer({ assertionId: '_one', sign: 'none', person: { subject: 'eve' } }))
      .replace('</saml:Issuer>', `</saml:Issuer>${signature}`)
    expect(reasonOf(verify(encrypted({ changePlaintext: () => carried })))).toBe('SIGNATURE_INVALID')
  })

  test('an assertion of our own making, signed with a key of our own', async () => {
    const { idp } = await createTrust()
    const own = signElement(core.idp.assertion(core.answer({ sign: 'none' })), idp.signer)
    expect(reasonOf(verify(encrypted({ changePlaintext: () => own })))).toBe('SIGNATURE_INVALID')
  })
})

describe('ciphertext that does not decrypt', () => {
  test.each(gcm.flatMap((block) => [0, 12, 100, -16, -1].map((at) => ({ block, at }))))(
    '$block with byte $at changed is refused',
    ({ block, at }) => {
      const outcome = verify({ ...encrypted({ block, changeData: turnOver(at) }) })
      expect(reasonOf(outcome)).toBe('DECRYPTION_FAILED')
    },
  )

  test.each([0, 1, 12, 27, 28, 100])('cut off after %i bytes is refused, a shorter tag included', (bytes) => {
    const changeData = (data: Buffer) => data.subarray(0, bytes)
    const reason = reasonOf(verify(encrypted({ changeData })))
    expect(reason).toBe(bytes === 0 ? 'ENCRYPTION_NOT_ALLOWED' : 'DECRYPTION_FAILED')
    expect(reasonOf(verify(encrypted({ changeData: (data) => data.subarray(0, -4) })))).toBe('DECRYPTION_FAILED')
  })

  test.each(['rsa-oaep-mgf1p', 'rsa-oaep'] as const)('for another key is refused, wrapped with %s', (transport) => {
    for (const digest of ['sha1', 'sha256'] as const) {
      const outcome = verify(encrypted({ publicKey: stranger.publicKey, transport, digest }))
      expect(reasonOf(outcome)).toBe('DECRYPTION_FAILED')
    }
  })

  test('tells the outside the same whatever went wrong with AES-CBC, from the padding to the signature', () => {
    const lastBlock = (change: (byte: number) => number) => (data: Buffer) => {
      // The byte of the block before the last that is added to the count of the padding.
      const changed = Buffer.from(data)
      changed.writeUInt8(change(changed.readUInt8(data.length - 17)), data.length - 17)
      return changed
    }
    const changes: Partial<EncryptOptions>[] = [
      ...Array.from({ length: 256 }, (_, mask) => ({ changeData: lastBlock((byte) => byte ^ mask) })).slice(1),
      { changeData: turnOver(0) },
      { changeData: turnOver(16) },
      { changeData: turnOver(400) },
      { changeData: (data) => data.subarray(0, -16) },
      { changeData: (data) => data.subarray(0, -1) },
      { changePlaintext: (xml) => xml.replace('ada@', 'eve@') },
      { changePlaintext: (xml) => xml.replace(/<ds:Signature.*<\/ds:Signature>/, '') },
      { changePlaintext: () => 'text' },
      { publicKey: stranger.publicKey },
    ]
    const reasons = changes.map((options) => reasonOf(verify(encrypted({ block: 'aes256-cbc', ...options }), true)))
    // Padding holds any bytes but the last, which counts them: no other count gives the assertion back.
    expect(new Set(reasons)).toEqual(new Set(['DECRYPTION_FAILED']))
  })

  test('tells more where the ciphertext is the sender’s for certain', async () => {
    const { idp } = await createTrust()
    const foreign = { signing: { signer: idp.signer } }
    expect(reasonOf(verify({ ...encrypted({ block: 'aes256-cbc' }), ...foreign }, true))).toBe('DECRYPTION_FAILED')
    expect(reasonOf(verify({ ...encrypted({ block: 'aes256-gcm' }), ...foreign }))).toBe('SIGNATURE_INVALID')
  })
})
