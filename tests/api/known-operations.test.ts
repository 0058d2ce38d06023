import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { buildSchema, getOperationAST, parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mostCost, operationCost } from '../../server/src/graphql/operation-cost.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { completeSetup } from '../testkit/scenario.ts'

let app: TestApp
let owner: GraphqlClient
beforeAll(async () => {
  app = await startTestApp()
  ;({ owner } = await completeSetup(app))
})
afterAll(() => app.close())

const generated = new URL('../../web/src/graphql/generated/', import.meta.url)
const readList = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(name, generated), 'utf8')) as Record<string, string>
const known = { ...readList('persisted-documents.json'), ...readList('plain/persisted-documents.json') }
const hashOf = (name: string): string =>
  Object.entries(known).find(([, text]) => new RegExp(`(query|mutation) ${name}\\b`).test(text))?.[0] ?? ''

async function send(
  body: object,
): Promise<{ status: number; body: { data?: unknown; errors?: { extensions: { code: string } }[] } }> {
  const response = await fetch(`${app.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: owner.cookieHeader, origin: app.origin },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as never }
}
const byHash = (sha256Hash: string, more: object = {}) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
  ...more,
})

describe('the console’s operations', () => {
  test('are known by their hashes, and need no text', async () => {
    expect(Object.keys(known).length).toBeGreaterThan(50)
    const answer = await send(byHash(hashOf('MembersPage'), { variables: { slug: 'acme', first: 10 } }))
    expect(answer).toMatchObject({ status: 200, body: { data: { organization: { memberships: { totalCount: 1 } } } } })
    expect(answer.body.errors).toBeUndefined()
  })

  test('that are not known are refused with a code, upon which the console sends the text', async () => {
    const unknown = await send(byHash('0'.repeat(64)))
    expect(unknown.body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  test('are the build’s alone: nobody adds one', async () => {
    const query = '{ setupRequired }'
    const hash = createHash('sha256').update(query).digest('hex')
    expect((await send(byHash(hash, { query }))).body.data).toEqual({ setupRequired: false })
    expect((await send(byHash(hash))).body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  test('are valid, and cost far less than is allowed', () => {
    const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
    const costs = Object.values(known).map((text) => {
      const document = parse(text)
      expect(validate(schema, document)).toEqual([])
      const operation = getOperationAST(document)
      // As many rows as the console ever asks for.
      return operation == null ? 0 : operationCost(schema, document, operation, { first: 50, last: 50 })
    })
    expect(Math.max(...costs)).toBeLessThan(mostCost / 2)
  })
})
