import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { recognize } from '../../../server/src/sso/saml/xml.ts'
import { createTrust } from '../../testkit/saml-trust.ts'
import { mutate, mutations } from '../fuzz/mutations.ts'
import { randomFrom } from '../random-xml.ts'
import { providers } from '../shapes/providers.ts'
import { createShapeKeys, type Material } from '../shapes/shape.ts'
import { Tally } from './hold-against-libxml2.ts'
import { RandomMessage } from './random-message.ts'
import { Chance } from './random-values.ts'

const mutants = Number(process.env['RANDOM_DOCUMENTS'] ?? 75_000)
const mutantsOfOne = 5
const ofProviders = Math.ceil(mutants / 15)

const odd = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  '=',
  ' ',
  '\n',
  '\r',
  '\t',
  ':',
  ';',
  '#',
  ']',
  ']]>',
  '<!--',
  '-->',
  '<?',
  '?>',
  '\0',
  '\ud83d',
  '\ufeff',
  'é',
]
const snippets = [
  ...odd,
  '&amp;',
  '&#10;',
  '&#x0;',
  '&lt;',
  'xml',
  'xmlns="urn:x"',
  ' xml:id="a"',
  ' xmlns:x=""',
  ' ID="_a"',
  '<x/>',
  '</x>',
  '<a:b/>',
  ' a:b="c"',
]

/** One character, or a few, changed, left out, said twice or put in. */
function scratch(text: string, chance: Chance): string {
  const at = chance.count(text.length - 1)
  const from = chance.often(0.5) ? at : text.length - 1 - at
  const to = Math.min(text.length, from + 1 + chance.count(40))
  return chance.pick([
    () => text.slice(0, from) + chance.pick(odd) + text.slice(from + 1),
    () => text.slice(0, from) + chance.pick(snippets) + text.slice(from),
    () => text.slice(0, from) + text.slice(to),
    () => text.slice(0, to) + text.slice(from),
    () =>
      text.slice(0, from) + String.fromCharCode(text.charCodeAt(from) ^ (1 << chance.count(6))) + text.slice(from + 1),
  ])()
}

describe('what is recognized, libxml2 reads and finds valid in the same way', () => {
  let material: Material
  beforeAll(async () => {
    const { idp, answer } = await createTrust()
    material = { idp, answer, keys: await createShapeKeys() }
  })

  test(`of ${mutants} random messages that were recognized, with a change in one place`, () => {
    const tally = new Tally()
    for (let seed = 1; tally.documents < mutants; seed++) {
      const chance = new Chance(randomFrom(-seed))
      const message = new RandomMessage(randomFrom(seed + 0.5)).write()
      if (recognize(message) === null) continue
      for (let nth = 1; nth <= mutantsOfOne; nth++) tally.hold(`seed ${seed}, mutant ${nth}`, scratch(message, chance))
    }
    console.log(`seeds from 1: ${tally.summary}`)
    expect(tally.recognized).toBeGreaterThan(mutants / 15)
  }, 600_000)

  test(`of ${ofProviders} responses in the ways of identity providers, with elements and attributes changed`, () => {
    const tally = new Tally()
    const seed = 20261125
    const responses = providers.map(({ xml }) => xml(material).replace(/^<\?xml[^>]*\?>/, ''))
    for (const [index, changes] of fc.sample(mutations, { numRuns: ofProviders, seed }).entries()) {
      tally.hold(`mutant ${index} of seed ${seed}`, mutate(responses[index % responses.length] ?? '', changes))
    }
    console.log(`seed ${seed}: ${tally.summary}`)
    expect(tally.recognized).toBeGreaterThan(ofProviders / 50)
  }, 600_000)
})
