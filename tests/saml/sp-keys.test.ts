import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditEvents } from '../../server/src/db/schema/audit-events.ts'
import { samlSpKeys } from '../../server/src/db/schema/sso-connections.ts'
import { verifySignatures } from '../../server/src/sso/saml/verify-signature.ts'
import { withXml } from '../../server/src/sso/saml/xml.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { BrowserSession } from '../testkit/browser-session.ts'
import type { EncryptOptions } from '../testkit/encrypt.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider, type Person } from '../testkit/identity-provider.ts'
import { certificatesOf } from '../testkit/saml-trust.ts'
import {
  answerTo,
  completeSetup,
  connect,
  follow,
  type Organization,
  post,
  type SamlConnection,
  type Step,
  signIn,
  startSignIn,
} from '../testkit/scenario.ts'
import {
  certificatesIn,
  deleteSpKey,
  encryptionKeyOf,
  fetchSpMetadata,
  rotateSpKey,
  spCertificates,
} from '../testkit/sp-keys.ts'

let app: TestApp
let owner: GraphqlClient
let organization: Organization
let idp: IdentityProvider
beforeAll(async () => {
  app = await startTestApp()
  const world = await completeSetup(app)
  owner = world.owner
  organization = world.organization
  idp = await IdentityProvider.create()
})
afterAll(() => app.close())

let connection: SamlConnection
beforeEach(async () => {
  connection = await connect(owner, organization.id, idp)
})

let number = 0
const somebody = (): Person => {
  number += 1
  return { subject: `person-${number}`, email: `person-${number}@acme.example` }
}
const outcomeOf = (step: Step): string => ('location' in step ? 'signed in' : step.refused)
const states = async () => (await spCertificates(owner, connection.id)).map(({ use, state }) => `${use} ${state}`)
const eventTypes = async () => (await app.db.select().from(auditEvents)).map(({ type }) => type)
const change = (settings: Record<string, unknown>) =>
  owner.run(
    'mutation($input: UpdateSamlConnectionInput!) { updateSamlConnection(input: $input) { connection { id } } }',
    {
      input: { connectionId: connection.id, ...settings },
    },
  )
const signInEncrypted = async (encrypt: EncryptOptions): Promise<string> =>
  outcomeOf((await signIn(app, idp, connection, somebody(), { lies: { encrypt } })).step)

describe('our metadata', () => {
  test('names our addresses, wants signed assertions, and changes only when a setting does', async () => {
    const metadata = await fetchSpMetadata(app.origin, connection.id)
    expect(metadata).toContain(`entityID="${connection.spEntityId}"`)
    expect(metadata).toContain(`Location="${connection.redirectUrl}"`)
    expect(metadata).toContain('AuthnRequestsSigned="false" WantAssertionsSigned="true"')
    expect(await fetchSpMetadata(app.origin, connection.id)).toBe(metadata)
  })

  test('names the encryption certificate, which the first look makes, once for all who look', async () => {
    expect(await spCertificates(owner, connection.id)).toEqual([])
    const looks = await Promise.all(Array.from({ length: 5 }, () => fetchSpMetadata(app.origin, connection.id)))
    expect(new Set(looks).size).toBe(1)
    const [certificate] = certificatesIn(looks[0] ?? '', 'encryption')
    const listed = await spCertificates(owner, connection.id)
    expect(listed).toMatchObject([{ use: 'ENCRYPTION', state: 'CURRENT', retiredAt: null }])
    expect(listed[0]?.fingerprintSha256).toBe(certificate?.fingerprint256)
  })

  test('names the ways of encryption that are decrypted, and AES-CBC only where it is allowed', async () => {
    const metadata = await fetchSpMetadata(app.origin, connection.id)
    expect(metadata).toContain('<md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm">')
    expect(metadata).toContain('<md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p">')
    expect(metadata).not.toContain('cbc')
    expect(metadata).not.toContain('rsa-1_5')
    await change({ allowCbcEncryption: true })
    expect(await fetchSpMetadata(app.origin, connection.id)).toContain('xmlenc#aes256-cbc')
  })

  test('writes an Entity ID and an address so that nothing in them becomes an element', async () => {
    await change({ spEntityId: 'urn:a&b"<c>' })
    expect(await fetchSpMetadata(app.origin, connection.id)).toContain('entityID="urn:a&amp;b&quot;&lt;c&gt;"')
  })

  test('is signed on request, with the key that signs requests, and only where there is one', async () => {
    const url = `${app.origin}/sso/${connection.id}/metadata?signed=1`
    expect((await fetch(url)).status).toBe(404)
    await change({ signAuthnRequests: true })
    const signed = await fetchSpMetadata(app.origin, connection.id, '?signed=1')
    expect(signed).toContain('AuthnRequestsSigned="true"')
    const [signer] = certificatesIn(signed, 'signing')
    const verify = (xml: string) =>
      withXml(xml, (document) => verifySignatures(document, [document.root], certificatesOf(signer?.toString() ?? '')))
    expect(verify(signed)).toHaveProperty('by')
    expect(verify(signed.replace('/acs"', '/evil"'))).toMatchObject({ reason: 'SIGNATURE_INVALID' })
    expect(await fetchSpMetadata(app.origin, connection.id)).not.toContain('ds:Signature')
  })

  test('of no connection is not there', async () => {
    for (const query of ['', '?signed=1']) {
      expect((await fetch(`${app.origin}/sso/sso_unknown/metadata${query}`)).status).toBe(404)
    }
  })
})

describe('our keys', () => {
  test('have a self-signed certificate for ten years and 2048 bits', async () => {
    await change({ signAuthnRequests: true })
    await fetchSpMetadata(app.origin, connection.id)
    const listed = await spCertificates(owner, connection.id)
    expect(listed.map(({ use }) => use)).toEqual(['SIGNING', 'ENCRYPTION'])
    for (const { pem, notAfter } of listed) {
      const certificate = new X509Certificate(pem)
      expect(certificate.verify(certificate.publicKey)).toBe(true)
      expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
      expect(certificate.subject).toContain(connection.id)
      expect(certificate.serialNumber).toMatch(/^01/)
      const years = (new Date(notAfter).getTime() - app.clock.now().getTime()) / (365 * 24 * 3600_000)
      expect(years).toBeCloseTo(10, 1)
    }
    expect(new Set(listed.map(({ fingerprintSha256 }) => fingerprintSha256)).size).toBe(2)
  })

  test('are sealed in the database', async () => {
    await fetchSpMetadata(app.origin, connection.id)
    const rows = await app.db.select().from(samlSpKeys)
    expect(rows.length).toBeGreaterThan(0)
    for (const { sealedPrivateKey } of rows) {
      expect(sealedPrivateKey).toMatch(/^v1\.[0-9a-f]{16}\.[\w-]{1000,}$/)
      expect(Buffer.from(sealedPrivateKey, 'base64').toString('latin1')).not.toContain('PRIVATE')
    }
  })

  test('of one connection do not open in another row', async () => {
    const publicKey = await encryptionKeyOf(app.origin, connection.id)
    const other = await connect(owner, organization.id, idp)
    await fetchSpMetadata(app.origin, other.id)
    const rows = await app.db.select().from(samlSpKeys)
    const stolen = rows.find((row) => row.connectionId === connection.id)?.sealedPrivateKey ?? ''
    await app.db.execute(`update saml_sp_keys set sealed_private_key = '${stolen}' where connection_id = '${other.id}'`)
    const { step } = await signIn(app, idp, other, somebody(), { lies: { encrypt: { publicKey } } })
    expect(outcomeOf(step)).toBe('INTERNAL_ERROR')
  })

  test('are made, and deleted, in the audit log', async () => {
    const before = (await eventTypes()).filter((type) => type.startsWith('spKey.'))
    await rotateSpKey(owner, connection.id, 'SIGNING')
    const [key] = await spCertificates(owner, connection.id)
    await deleteSpKey(owner, key?.id ?? '')
    const after = (await eventTypes()).filter((type) => type.startsWith('spKey.'))
    expect(after.length - before.length).toBe(2)
    expect(after).toContain('spKey.created')
    expect(after).toContain('spKey.deleted')
  })
})

describe('an encrypted assertion', () => {
  test('signs the person in, for the certificate in our metadata', async () => {
    const publicKey = await encryptionKeyOf(app.origin, connection.id)
    expect(await signInEncrypted({ publicKey })).toBe('signed in')
    expect(await signInEncrypted({ publicKey, transport: 'rsa-oaep', digest: 'sha256' })).toBe('signed in')
  })

  test('may encrypt the NameID alone', async () => {
    const publicKey = await encryptionKeyOf(app.origin, connection.id)
    const { step } = await signIn(app, idp, connection, somebody(), { lies: { encryptNameId: { publicKey } } })
    expect(outcomeOf(step)).toBe('signed in')
  })

  test('for another connection of ours is refused', async () => {
    await fetchSpMetadata(app.origin, connection.id)
    const other = await connect(owner, organization.id, idp)
    const publicKey = await encryptionKeyOf(app.origin, other.id)
    expect(await signInEncrypted({ publicKey })).toBe('DECRYPTION_FAILED')
  })

  test('before there is a certificate is refused by name', async () => {
    const publicKey = await encryptionKeyOf(app.origin, (await connect(owner, organization.id, idp)).id)
    expect(await signInEncrypted({ publicKey })).toBe('ASSERTION_ENCRYPTED')
  })

  test('tells the person who is refused nothing of the message', async () => {
    const publicKey = await encryptionKeyOf(app.origin, connection.id)
    const { step } = await signIn(app, idp, connection, somebody(), {
      lies: { encrypt: { publicKey, changePlaintext: () => '<secret-element></secret-element>' } },
    })
    if (!('refused' in step)) throw new Error('it was accepted')
    expect(step.page).not.toContain('secret-element')
  })
})

describe('a decryption key that another one takes over from', () => {
  test('decrypts until it is deleted, and is published no more', async () => {
    const former = await encryptionKeyOf(app.origin, connection.id)
    expect(await rotateSpKey(owner, connection.id, 'ENCRYPTION')).toBe('OK')
    expect(await states()).toEqual(['ENCRYPTION PREVIOUS', 'ENCRYPTION CURRENT'])
    const next = await encryptionKeyOf(app.origin, connection.id)
    expect(next.equals(former)).toBe(false)
    expect(certificatesIn(await fetchSpMetadata(app.origin, connection.id), 'encryption')).toHaveLength(1)
    expect(await signInEncrypted({ publicKey: former })).toBe('signed in')
    expect(await signInEncrypted({ publicKey: next })).toBe('signed in')
    const [previous] = await spCertificates(owner, connection.id)
    expect(previous?.retiredAt).not.toBeNull()
    expect(await deleteSpKey(owner, previous?.id ?? '')).toBe('OK')
    expect(await signInEncrypted({ publicKey: former })).toBe('DECRYPTION_FAILED')
    expect(await signInEncrypted({ publicKey: next })).toBe('signed in')
  })

  test('is one of two at most', async () => {
    await fetchSpMetadata(app.origin, connection.id)
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => rotateSpKey(owner, connection.id, 'ENCRYPTION')))
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 3 }, () => 'CONFLICT TOO_MANY_KEYS'), 'OK'])
    expect(await states()).toEqual(['ENCRYPTION PREVIOUS', 'ENCRYPTION CURRENT'])
  })

  test('does not leave the connection without one', async () => {
    await fetchSpMetadata(app.origin, connection.id)
    const [current] = await spCertificates(owner, connection.id)
    expect(await deleteSpKey(owner, current?.id ?? '')).toBe('CONFLICT KEY_IN_USE')
  })
})

describe('a signing key', () => {
  test('is made when signing is switched on, and is in use as long as that is', async () => {
    await change({ signAuthnRequests: true })
    expect(await states()).toEqual(['SIGNING CURRENT'])
    const [key] = await spCertificates(owner, connection.id)
    expect(await deleteSpKey(owner, key?.id ?? '')).toBe('CONFLICT KEY_IN_USE')
    await change({ signAuthnRequests: false })
    expect(await states()).toEqual(['SIGNING CURRENT'])
    expect(await deleteSpKey(owner, key?.id ?? '')).toBe('OK')
  })

  test.each([
    ['there is single logout', { idpSloUrl: 'https://idp.example/slo' }],
    ['logouts are answered', { idpSloResponseUrl: 'https://idp.example/slo/done' }],
  ])('is published, and in use, as long as %s: those messages are signed with it always', async (_when, settings) => {
    await change(settings)
    await fetchSpMetadata(app.origin, connection.id)
    const key = (await spCertificates(owner, connection.id)).find(({ use }) => use === 'SIGNING')
    expect(await deleteSpKey(owner, key?.id ?? '')).toBe('CONFLICT KEY_IN_USE')
    await change({ idpSloUrl: null, idpSloResponseUrl: null })
    expect(await deleteSpKey(owner, key?.id ?? '')).toBe('OK')
  })

  test('that takes over is published beside the one that signs, and signs once that one is deleted', async () => {
    await change({ signAuthnRequests: true })
    const [former] = await spCertificates(owner, connection.id)
    expect(await rotateSpKey(owner, connection.id, 'SIGNING')).toBe('OK')
    expect(await states()).toEqual(['SIGNING CURRENT', 'SIGNING NEXT'])
    expect(certificatesIn(await fetchSpMetadata(app.origin, connection.id), 'signing')).toHaveLength(2)
    expect(await rotateSpKey(owner, connection.id, 'SIGNING')).toBe('CONFLICT TOO_MANY_KEYS')
    expect(await deleteSpKey(owner, former?.id ?? '')).toBe('OK')
    expect((await states()).filter((state) => state.startsWith('SIGNING'))).toEqual(['SIGNING CURRENT'])
  })
})

describe('AES-CBC', () => {
  let publicKey: EncryptOptions['publicKey']
  beforeEach(async () => {
    publicKey = await encryptionKeyOf(app.origin, connection.id)
  })

  test('signs in where the owner allows it, and is refused by name where not', async () => {
    expect(await signInEncrypted({ publicKey, block: 'aes256-cbc' })).toBe('ENCRYPTION_NOT_ALLOWED')
    await change({ allowCbcEncryption: true })
    expect(await signInEncrypted({ publicKey, block: 'aes256-cbc' })).toBe('signed in')
    expect(await signInEncrypted({ publicKey, block: 'aes256-gcm' })).toBe('signed in')
  })

  test('is decrypted once for each request', async () => {
    await change({ allowCbcEncryption: true })
    const started = await startSignIn(app, connection)
    const answer = (options: Partial<EncryptOptions>) =>
      idp.response(answerTo(app, started, somebody(), { encrypt: { publicKey, block: 'aes256-cbc', ...options } }))
    const elsewhere = new BrowserSession(app.origin)
    const wrong = await post(elsewhere, connection, answer({ changeData: (data) => data.subarray(0, -16) }))
    expect(outcomeOf(wrong)).toBe('DECRYPTION_FAILED')
    // Whatever comes now is not looked into, were it the right one.
    expect(outcomeOf(await post(started.browser, connection, answer({})))).toBe('REQUEST_USED')
  })

  test('is decrypted once, also when many answers come at the same moment', async () => {
    await change({ allowCbcEncryption: true })
    const started = await startSignIn(app, connection)
    const encrypt = { publicKey, block: 'aes256-cbc' } as const
    const response = idp.response(answerTo(app, started, somebody(), { encrypt }))
    const steps = await Promise.all(Array.from({ length: 8 }, () => post(started.browser, connection, response)))
    const accepted = steps.filter((step) => 'location' in step)
    expect(accepted).toHaveLength(1)
    expect(steps.filter((step) => 'refused' in step).map(outcomeOf)).toEqual(
      Array.from({ length: 7 }, () => 'REQUEST_USED'),
    )
    const [first] = accepted
    if (first === undefined || !('location' in first)) throw new Error('nobody came in')
    expect(outcomeOf(await follow(started.browser, first.location))).toBe('signed in')
  })

  test('is not decrypted at all without an open request of this connection', async () => {
    await change({ allowCbcEncryption: true })
    const encrypt = { publicKey, block: 'aes256-cbc', changePlaintext: () => 'garbage' } as const
    const started = await startSignIn(app, connection)
    const reasonOf = async (lies: Parameters<typeof answerTo>[3]) =>
      outcomeOf(
        await post(started.browser, connection, idp.response(answerTo(app, started, somebody(), { encrypt, ...lies }))),
      )
    expect(await reasonOf({ inResponseTo: null })).toBe('REQUEST_UNKNOWN')
    expect(await reasonOf({ inResponseTo: '_unknown' })).toBe('REQUEST_USED')
    const other = await startSignIn(app, await connect(owner, organization.id, idp))
    expect(await reasonOf({ inResponseTo: other.requestId })).toBe('REQUEST_USED')
  })
})
