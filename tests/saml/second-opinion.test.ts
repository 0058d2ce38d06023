import { beforeAll, describe, expect, test } from 'vitest'
import { verifyResponse } from '../../server/src/sso/saml/verify-response.ts'
import { askNodeSaml, askSamlify, type Opinion, type Peer } from '../testkit/other-libraries.ts'
import { certificatesOf, createTrust } from '../testkit/saml-trust.ts'
import { createShapeKeys, type Material, type Shape } from './shapes/shape.ts'
import { shapes } from './shapes/shapes.ts'

let core: Awaited<ReturnType<typeof createTrust>>
let material: Material
beforeAll(async () => {
  // These libraries look at the clock themselves.
  core = await createTrust(new Date())
  material = { idp: core.idp, answer: core.answer, keys: await createShapeKeys() }
})

/** What we, and what another library, makes of the shape. */
async function compare(
  shape: Shape,
  ask: (samlResponse: string, peer: Peer) => Promise<Opinion>,
): Promise<{ ours: Opinion; theirs: Opinion }> {
  const samlResponse = Buffer.from(shape.xml(material), 'utf8').toString('base64')
  const certificates = (shape.trusted?.(material) ?? [core.idp.signer]).map(({ certificate }) => certificate)
  const trust = { ...core.trust, certificates: certificates.flatMap(certificatesOf) }
  const verified = verifyResponse({ samlResponse, trust, now: core.now })
  const ours: Opinion = verified.ok
    ? { accepted: true, nameId: verified.assertion.nameId?.value ?? null, issuer: verified.assertion.issuer }
    : { accepted: false, why: verified.reason }
  return { ours, theirs: await ask(samlResponse, { idpEntityId: core.idp.entityId, certificates }) }
}

const libraries = [
  ['samlify', askSamlify, 'samlifyCannot'],
  ['node-saml', askNodeSaml, 'nodeSamlCannot'],
] as const

describe.each(libraries)('what we accept, %s accepts with the same name and issuer:', (_library, ask, cannot) => {
  test.each(shapes.filter((shape) => shape[cannot] === undefined).map((shape) => [shape.what, shape] as const))(
    '%s',
    async (_what, shape) => {
      const { ours, theirs } = await compare(shape, ask)
      expect(ours).toMatchObject({ accepted: true, issuer: core.idp.entityId })
      expect(theirs).toEqual(ours)
    },
  )

  test.each(
    shapes.flatMap((shape) => (shape[cannot] === undefined ? [] : [[shape.what, shape[cannot], shape] as const])),
  )('though not one %s: %s', async (_what, _why, shape) => {
    const { ours, theirs } = await compare(shape, ask)
    expect(ours).toMatchObject({ accepted: true })
    expect(theirs).toMatchObject({ accepted: false })
  })
})
