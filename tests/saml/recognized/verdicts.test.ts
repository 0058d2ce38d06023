import { beforeAll, describe, expect, test } from 'vitest'
import { verifyResponse } from '../../../server/src/sso/saml/verify-response.ts'
import { recognize } from '../../../server/src/sso/saml/xml.ts'
import { certificatesOf, createTrust } from '../../testkit/saml-trust.ts'
import { answerBySamlp } from '../../testkit/samlp.ts'
import type { Attack } from '../attacks/attack.ts'
import { attacks } from '../attacks/catalogue.ts'
import { createForeignKeys, Scene } from '../attacks/scene.ts'
import { providers } from '../shapes/providers.ts'
import { createShapeKeys, type Material, type Shape } from '../shapes/shape.ts'
import { shapes } from '../shapes/shapes.ts'
import { holdAgainstLibxml2 } from './hold-against-libxml2.ts'

let core: Awaited<ReturnType<typeof createTrust>>
let material: Material
let scene: Scene
beforeAll(async () => {
  core = await createTrust()
  material = { idp: core.idp, answer: core.answer, keys: await createShapeKeys() }
  scene = new Scene({ ...core.answer(), idp: core.idp }, await createForeignKeys(core.idp.signer))
})

const withoutDeclaration = (xml: string): string => xml.replace(/^<\?xml[^>]*\?>/, '')
const verify = (xml: string, trust = core.trust): unknown =>
  verifyResponse({ samlResponse: Buffer.from(xml, 'utf8').toString('base64'), trust, now: core.now })

/** The same document, for libxml2: a carriage return after its end means nothing, but none is recognized. */
const forLibxml2 = (xml: string): string => `${xml}\r`

describe('is recognized, without libxml2:', () => {
  test.for(providers.map((shape): [string, Shape] => [shape.what, shape]))('a response %s', ([, { xml }]) => {
    expect(holdAgainstLibxml2(withoutDeclaration(xml(material)), true)).toBe(true)
  })

  test.each([false, true])('a response that the package samlp made, signed as a whole: %s', async (signResponse) => {
    const request = { id: '_request', issuer: core.trust.spEntityId, acsUrl: core.trust.acsUrl }
    const made = await answerBySamlp(
      { issuer: core.idp.entityId, signer: core.idp.signer, signResponse },
      request,
      'ada',
    )
    expect(holdAgainstLibxml2(withoutDeclaration(Buffer.from(made, 'base64').toString('utf8')), true)).toBe(true)
  })
})

describe('whether it is recognized or not, the verdict and its trace are the same:', () => {
  test.for(shapes.map((shape): [string, Shape] => [shape.what, shape]))('%s', ([, shape]) => {
    const xml = shape.xml(material)
    const trusted = shape.trusted?.(material) ?? [core.idp.signer]
    const trust = { ...core.trust, certificates: trusted.flatMap(({ certificate }) => certificatesOf(certificate)) }
    expect(recognize(withoutDeclaration(forLibxml2(xml)))).toBeNull()
    expect(verify(xml, trust)).toEqual(verify(forLibxml2(xml), trust))
  })

  const documents = attacks.filter((attack): attack is Extract<Attack, { xml: unknown }> => 'xml' in attack)
  test.for(documents.map((attack): [string, (typeof documents)[number]] => [`${attack.row} ${attack.what}`, attack]))(
    '%s',
    ([, attack]) => {
      const xml = attack.xml(scene)
      expect(recognize(withoutDeclaration(forLibxml2(xml)))).toBeNull()
      expect(verify(xml)).toEqual(verify(forLibxml2(xml)))
    },
  )
})
