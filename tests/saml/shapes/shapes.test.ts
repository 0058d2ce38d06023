import { beforeAll, describe, expect, test } from 'vitest'
import { readIdentity } from '../../../server/src/sso/saml/read-identity.ts'
import { verifyResponse } from '../../../server/src/sso/saml/verify-response.ts'
import { certificatesOf, createTrust } from '../../testkit/saml-trust.ts'
import { createShapeKeys, type Material, type Shape } from './shape.ts'
import { shapes } from './shapes.ts'

let core: Awaited<ReturnType<typeof createTrust>>
let material: Material
beforeAll(async () => {
  core = await createTrust()
  material = { idp: core.idp, answer: core.answer, keys: await createShapeKeys() }
})

describe('a true response is accepted', () => {
  test.for(shapes.map((shape): [string, Shape] => [shape.what, shape]))('%s', ([, shape]) => {
    const xml = shape.xml(material)
    const trusted = shape.trusted?.(material) ?? [core.idp.signer]
    const trust = { ...core.trust, certificates: trusted.flatMap(({ certificate }) => certificatesOf(certificate)) }
    const samlResponse = Buffer.from(xml, 'utf8').toString('base64')
    const verified = verifyResponse({ samlResponse, trust, now: core.now })
    const failed = verified.checks.filter((check) => !check.passed)
    expect(failed).toEqual([])
    if (!verified.ok) throw new Error(verified.reason)
    expect(verified.assertion).toMatchObject({ issuer: core.idp.entityId, inResponseTo: '_request' })
    const read = readIdentity(verified.assertion)
    expect(read.ok && read.identity.email).toMatch(/^ada@(acme\.example|example\.com)$/)
    expect(read.ok && read.identity.subject).toMatch(/^(ada|ädå|ada@acme\.example)$/)
  })
})
