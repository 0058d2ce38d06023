import { deflateRawSync } from 'node:zlib'
import { expect } from 'vitest'
import { BrowserSession } from '../../testkit/browser-session.ts'
import { answerTo, startSignIn, stepOf } from '../../testkit/scenario.ts'
import { makesNothing, postForm, reasonOf, type Stage, type Story, somebody } from './story.ts'

const genuineAnswer = async ({ app, world }: Stage): Promise<string> =>
  world.idp.response(answerTo(app, await startSignIn(app, world.connection), somebody()))

/** A form whose fields are made of a genuine response. */
const form = (what: string, reason: string, fields: (response: string) => [string, string][]): Story => ({
  row: 'T11',
  what: `${what} → ${reason}`,
  play: async (stage) => {
    const { app, world } = stage
    const response = await genuineAnswer(stage)
    await makesNothing(stage, async () => {
      const step = await postForm(new BrowserSession(app.origin), world.connection, fields(response))
      expect(reasonOf(step)).toBe(reason)
    })
  },
})

/** A body that is no form, or not only one. */
const body = (what: string, reason: string, type: string, text: (response: string) => string): Story => ({
  row: 'T11',
  what: `${what} → ${reason}`,
  play: async (stage) => {
    const response = await genuineAnswer(stage)
    await makesNothing(stage, async () => {
      const url = stage.world.connection.redirectUrl
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': type },
        body: text(response),
      })
      expect(answer.headers.get('set-cookie')).toBe(null)
      expect(reasonOf(await stepOf(answer))).toBe(reason)
    })
  },
})

const urlEncoded = 'application/x-www-form-urlencoded'

/** The form as such, and other bindings than HTTP-POST. */
export const storiesOfTransport: Story[] = [
  form('no field at all', 'RESPONSE_MISSING', () => []),
  form('an empty field', 'RESPONSE_MISSING', () => [['SAMLResponse', '']]),
  form('the response as SAMLRequest', 'RESPONSE_MISSING', (response) => [['SAMLRequest', response]]),
  form('the field in other letter case', 'RESPONSE_MISSING', (response) => [['samlresponse', response]]),
  form('the response as a list', 'RESPONSE_MISSING', (response) => [['SAMLResponse[]', response]]),
  form('the response as an object', 'RESPONSE_MISSING', (response) => [['SAMLResponse[a]', response]]),
  form('an artifact instead', 'RESPONSE_MISSING', (response) => [['SAMLart', response]]),
  form('the field twice', 'RESPONSE_MISSING', (response) => [
    ['SAMLResponse', response],
    ['SAMLResponse', response],
  ]),
  form('a second, empty field', 'RESPONSE_MISSING', (response) => [
    ['SAMLResponse', response],
    ['SAMLResponse', ''],
  ]),
  form('the field under __proto__', 'RESPONSE_MISSING', (response) => [
    ['__proto__', response],
    ['__proto__[SAMLResponse]', response],
  ]),
  body(
    'percent encoding done twice',
    'RESPONSE_MALFORMED',
    urlEncoded,
    (response) => `SAMLResponse=${encodeURIComponent(encodeURIComponent(response))}%2541`,
  ),
  body('40 000 fields', 'RESPONSE_MISSING', urlEncoded, () => 'a=&'.repeat(40_000)),
  body('the field 20 000 times', 'RESPONSE_MISSING', urlEncoded, () => 'SAMLResponse=&'.repeat(20_000)),
  body('more than 384 KiB', 'RESPONSE_TOO_LARGE', urlEncoded, () => `SAMLResponse=${'a'.repeat(400_000)}`),
  body('a byte that is no text', 'RESPONSE_MALFORMED', urlEncoded, () => 'SAMLResponse=%ff%00'),
  body('XML', 'RESPONSE_MISSING', 'text/xml', (response) => Buffer.from(response, 'base64').toString()),
  body('JSON', 'RESPONSE_MISSING', 'application/json', (response) => JSON.stringify({ SAMLResponse: response })),
  body('broken JSON', 'RESPONSE_MISSING', 'application/json', () => '{'),
  body('text', 'RESPONSE_MISSING', 'text/plain', (response) => `SAMLResponse=${response}`),
  {
    row: 'T10',
    what: 'a deflated response in the address (HTTP-Redirect) is not looked at',
    play: async (stage) => {
      const { app, world } = stage
      const deflated = deflateRawSync(Buffer.from(await genuineAnswer(stage), 'base64')).toString('base64')
      await makesNothing(stage, async () => {
        const path = `${new URL(world.connection.redirectUrl).pathname}?SAMLResponse=${encodeURIComponent(deflated)}`
        const answer = await new BrowserSession(app.origin).get(path)
        expect([answer.status, answer.headers.get('set-cookie')]).toEqual([404, null])
      })
    },
  },
]
