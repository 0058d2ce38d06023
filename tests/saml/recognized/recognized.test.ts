import { beforeAll, describe, expect, test } from 'vitest'
import { recognize, withLibxml2 } from '../../../server/src/sso/saml/xml.ts'
import { createTrust } from '../../testkit/saml-trust.ts'
import { fieldOf } from '../attacks/attack.ts'
import { attacks } from '../attacks/catalogue.ts'
import { createForeignKeys, Scene } from '../attacks/scene.ts'
import { createShapeKeys, type Material } from '../shapes/shape.ts'
import { shapes } from '../shapes/shapes.ts'
import { randomMessage } from './random-message.ts'

let accepted: string[]
let material: Material
let attacking: string[]
beforeAll(async () => {
  const core = await createTrust()
  material = { idp: core.idp, answer: core.answer, keys: await createShapeKeys() }
  accepted = shapes.map((shape) => withoutDeclaration(shape.xml(material)))
  const scene = new Scene({ ...core.answer(), idp: core.idp }, await createForeignKeys(core.idp.signer))
  attacking = attacks.map((attack) =>
    withoutDeclaration(Buffer.from(fieldOf(attack, scene), 'base64').toString('utf8')),
  )
})

const twice = (what: string): string[] => [what, what]
const withoutDeclaration = (text: string): string => text.replace(/^<\?xml[^>]*\?>/, '')

/** What libxml2 writes, when it finds the text well-formed and valid; else what is wrong with it. */
function askLibxml2(text: string): string {
  try {
    return withLibxml2(text, (document) => {
      document.validate()
      return document.text
    })
  } catch (error) {
    return `not valid: ${String(error)}`
  }
}

const wanted = Number(process.env['RECOGNIZED_DOCUMENTS'] ?? 50_000)

describe('what is recognized', () => {
  test('are the ways in which identity providers write', () => {
    const others = shapes.filter((shape) => recognize(withoutDeclaration(shape.xml(material))) === null)
    expect(others.map(({ what }) => what.replace(/; .*/, ''))).toEqual([
      'with key value of an elliptic curve key',
      ...twice('with prefixes of any letters'),
      ...twice('with tabs and line ends of Windows between elements'),
      'attribute values of any type',
      'a value that is nil',
      'numbers, truths and times',
    ])
  })

  test('is to libxml2 the same, and valid, in every true response and in every attack', () => {
    const both = [...accepted, ...attacking].flatMap((text) => {
      const recognized = recognize(text)
      return recognized === null ? [] : [{ text, ours: recognized.text }]
    })
    expect(both.length).toBeGreaterThan(accepted.length)
    for (const { text, ours } of both) expect(askLibxml2(text)).toBe(ours)
  })

  // Two halves, so that they run beside each other where there is nothing else to do.
  test.each([0, 1])(
    `is to libxml2 the same, and valid: ${wanted} random messages, half %i`,
    (half) => {
      // The longest would take most of the time, and there is nothing in them but more of the same.
      const documents = [...accepted, ...accepted, ...attacking].filter((text) => text.length < 12_000)
      const counts = { recognized: 0, others: 0 }
      const wrong: unknown[] = []
      for (let seed = half; counts.recognized < wanted && wrong.length === 0; seed += 2) {
        const text = randomMessage(documents, seed)
        const recognized = recognize(text)
        if (recognized === null) {
          counts.others++
          continue
        }
        counts.recognized++
        const [ours, theirs] = [recognized.text, askLibxml2(text)]
        if (ours !== theirs) wrong.push({ seed, text, ours, theirs })
      }
      console.log(`${counts.recognized} messages recognized and the same to libxml2; ${counts.others} left to it`)
      expect(wrong).toEqual([])
    },
    600_000,
  )
})
