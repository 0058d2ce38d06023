import { expect, test } from 'vitest'
import { randomFrom } from '../random-xml.ts'
import { ComposedMessage } from './composed-message.ts'
import { holdAgainstLibxml2 } from './hold-against-libxml2.ts'

const documents = Number(process.env['RANDOM_DOCUMENTS'] ?? 15_000)

test(`what is recognized of ${documents} messages composed at random, libxml2 reads in the same way and finds valid`, () => {
  let recognized = 0
  for (let seed = 1; seed <= documents; seed++) {
    const text = new ComposedMessage(randomFrom(seed)).write()
    try {
      if (holdAgainstLibxml2(text, recognized % 10 === 0)) recognized++
    } catch (error) {
      throw new Error(`seed ${seed}: ${String(error)}\n${text}`, { cause: error })
    }
  }
  console.log(
    `seeds 1 to ${documents}: ${recognized} messages recognized and the same to libxml2, the others left to it`,
  )
  expect(recognized).toBeGreaterThan(documents / 4)
}, 600_000)
