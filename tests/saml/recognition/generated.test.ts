import { expect, test } from 'vitest'
import { randomFrom } from '../random-xml.ts'
import { Tally } from './hold-against-libxml2.ts'
import { RandomMessage } from './random-message.ts'

const documents = Number(process.env['RANDOM_DOCUMENTS'] ?? 35_000)

test(`what is recognized of ${documents} random messages, libxml2 reads and finds valid in the same way`, () => {
  const tally = new Tally()
  for (let seed = 1; seed <= documents; seed++) tally.hold(`seed ${seed}`, new RandomMessage(randomFrom(seed)).write())
  console.log(`seeds 1 to ${documents}: ${tally.summary}`)
  expect(tally.recognized).toBeGreaterThan(documents / 4)
}, 600_000)
