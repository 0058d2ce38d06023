import { type KeyObject, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../testkit/app.ts'
import { createTestClock } from '../../testkit/clock.ts'
import type { EncryptOptions } from '../../testkit/encrypt.ts'
import { type Answer, IdentityProvider } from '../../testkit/identity-provider.ts'
import { median, startWatch, target } from '../../testkit/refusal-time.ts'
import {
  answerTo,
  completeSetup,
  connect,
  follow,
  post,
  type StartedSignIn,
  startSignIn,
} from '../../testkit/scenario.ts'
import { rotateSpKey, spCertificates } from '../../testkit/sp-keys.ts'
import { countAttempts, countStored } from '../../testkit/stored.ts'
import type { RowId } from './rows.ts'

let app: TestApp
let idp: IdentityProvider
let stranger: IdentityProvider
let started: StartedSignIn
let publicKey: KeyObject
const times: number[] = []
beforeAll(async () => {
  app = await startTestApp({ clock: createTestClock() })
  const { organization, owner } = await completeSetup(app)
  idp = await IdentityProvider.create()
  stranger = await IdentityProvider.create()
  const connection = await connect(owner, organization.id, idp)
  await rotateSpKey(owner, connection.id, 'ENCRYPTION')
  const [certificate] = await spCertificates(owner, connection.id)
  publicKey = new X509Certificate(certificate?.pem ?? '').publicKey
  started = await startSignIn(app, connection)
})
afterAll(() => app.close())

const owner = { subject: 'owner', email: 'owner@acme.example' }

/** The field of a response that is encrypted for the connection, but for what is changed. */
const respond = (options: Partial<EncryptOptions>, lies: Partial<Answer> = {}): string =>
  idp.response(answerTo(app, started, owner, { encrypt: { publicKey, ...options }, ...lies }))

const forged = (): string => idp.assertion(answerTo(app, started, owner, { sign: 'none' }))

type Row = [row: RowId, what: string, reason: string, field: () => string]

const rows: Row[] = [
  ['E1', 'encrypted, and signed by nobody', 'SIGNATURE_MISSING', () => respond({}, { sign: 'none' })],
  [
    'E1',
    'encrypted, and signed by somebody else',
    'SIGNATURE_INVALID',
    () => respond({}, { signing: { signer: stranger.signer } }),
  ],
  [
    'E2',
    'changed before it was encrypted',
    'SIGNATURE_INVALID',
    () => respond({ changePlaintext: (xml) => xml.replace('owner@acme.example', 'other@acme.example') }),
  ],
  ['E2', 'two assertions in it', 'DECRYPTION_FAILED', () => respond({ changePlaintext: (xml) => xml + xml })],
  [
    'E2',
    'a forged assertion before the genuine one',
    'DECRYPTION_FAILED',
    () => respond({ changePlaintext: (xml) => forged() + xml }),
  ],
  ['E2', 'no assertion in it', 'DECRYPTION_FAILED', () => respond({ changePlaintext: () => '<x></x>' })],
  [
    'E2',
    'a comment in it',
    'DECRYPTION_FAILED',
    () => respond({ changePlaintext: (xml) => xml.replace('owner@', 'ow<!-- -->ner@') }),
  ],
  [
    'E2',
    'a document type in it',
    'DECRYPTION_FAILED',
    () => respond({ changePlaintext: (xml) => `<!DOCTYPE x>${xml}` }),
  ],
  ['E3', 'AES in CBC, which nobody allowed', 'ENCRYPTION_NOT_ALLOWED', () => respond({ block: 'aes256-cbc' })],
  [
    'E3',
    'the last byte of the ciphertext changed',
    'DECRYPTION_FAILED',
    () =>
      respond({
        changeData: (data) => Buffer.concat([data.subarray(0, -1), Buffer.from([(data.at(-1) ?? 0) ^ 1])]),
      }),
  ],
  ['E4', 'the key wrapped with RSA 1.5', 'ENCRYPTION_NOT_ALLOWED', () => respond({ transport: 'rsa-1_5' })],
  ['E5', 'Triple DES', 'ENCRYPTION_NOT_ALLOWED', () => respond({ block: 'tripledes' })],
  [
    'E6',
    'ciphertext to be fetched',
    'RESPONSE_NOT_ALLOWED',
    () =>
      respond({
        change: (xml) =>
          xml.replace(
            /<xenc:CipherValue>[^<]+<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>/,
            '<xenc:CipherReference URI="http://127.0.0.1/secret"></xenc:CipherReference></xenc:CipherData></xenc:EncryptedData>',
          ),
      }),
  ],
  [
    'E6',
    'a key to be fetched',
    'ENCRYPTION_NOT_ALLOWED',
    () => respond({ place: 'referred', change: (xml) => xml.replace(/URI="#[^"]+"/, 'URI="http://127.0.0.1/key"') }),
  ],
]

describe('the assertion consumer service of a connection that decrypts refuses', () => {
  test.for(rows)('%s %s: %s', async ([row, , reason, field], { task }) => {
    const samlResponse = field()
    const before = await countStored(app.db)
    const attempts = await countAttempts(app.db)
    const cookies = started.browser.cookieHeader()
    const watch = startWatch()
    const step = await post(started.browser, started.connection, samlResponse)
    const { milliseconds } = watch()
    task.meta.attack = { row, milliseconds }
    times.push(milliseconds)
    expect(step).toMatchObject({ refused: reason })
    expect(started.browser.cookieHeader()).toBe(cookies)
    expect(await countStored(app.db)).toEqual(before)
    expect(await countAttempts(app.db)).toBe(attempts + 1)
  })

  test('within a tenth of a second', () => {
    expect(median(times)).toBeLessThan(target)
  })

  // Last, because it uses the request up.
  test('but not what all of them are made from', async () => {
    const person = { subject: 'ada', email: 'ada@acme.example' }
    const answer = answerTo(app, started, person, { encrypt: { publicKey } })
    const step = await post(started.browser, started.connection, idp.response(answer))
    expect('location' in step && (await follow(started.browser, step.location))).toEqual({ location: '/' })
  })
})
