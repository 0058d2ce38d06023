import { beforeAll, describe, expect, test } from 'vitest'
import { type OpenDocument, recognize, withLibxml2 } from '../../../server/src/sso/saml/xml.ts'
import { createTrust } from '../../testkit/saml-trust.ts'
import { fieldOf } from '../attacks/attack.ts'
import { attacks } from '../attacks/catalogue.ts'
import { createForeignKeys, Scene } from '../attacks/scene.ts'
import { createShapeKeys } from '../shapes/shape.ts'
import { shapes } from '../shapes/shapes.ts'
import { randomMessage } from './random-message.ts'

let accepted: string[]
let documents: string[]
beforeAll(async () => {
  const core = await createTrust()
  const material = { idp: core.idp, answer: core.answer, keys: await createShapeKeys() }
  accepted = shapes.map((shape) => withoutDeclaration(shape.xml(material)))
  const scene = new Scene({ ...core.answer(), idp: core.idp }, await createForeignKeys(core.idp.signer))
  const attacking = attacks.map((attack) => Buffer.from(fieldOf(attack, scene), 'base64').toString('utf8'))
  documents = [...accepted, ...accepted, ...attacking.map(withoutDeclaration).filter((text) => text.length < 12_000)]
})

const withoutDeclaration = (text: string): string => text.replace(/^<\?xml[^>]*\?>/, '')

/** The whole canonical text: all that is read, digested and verified is cut out of it. */
const wholeOf = (document: OpenDocument): string => document.replace({ ...document.root, start: 0, end: 0 }, '')

/** What libxml2 writes, when it finds the text well-formed and valid; else what is wrong with it. */
function askLibxml2(text: string): string {
  try {
    return withLibxml2(text, (document) => {
      document.validate()
      return wholeOf(document)
    })
  } catch (error) {
    return `not valid: ${String(error)}`
  }
}

const wanted = Number(process.env['RECOGNIZED_DOCUMENTS'] ?? 50_000)

describe('what is recognized', () => {
  // Two halves, so that they run beside each other where there is nothing else to do.
  test.each([0, 1])(
    `is to libxml2 the same, and valid: ${wanted} random messages, half %i`,
    (half) => {
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
        const [ours, theirs] = [wholeOf(recognized), askLibxml2(text)]
        if (ours !== theirs) wrong.push({ seed, text, ours, theirs })
      }
      console.log(`${counts.recognized} messages recognized and the same to libxml2; ${counts.others} left to it`)
      expect(wrong).toEqual([])
    },
    600_000,
  )
})
