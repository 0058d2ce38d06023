import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { createAccessToken, createWorld, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World
let ownerSecret: string
beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
  ownerSecret = (await createAccessToken(world.owner, world.organization.id, 'owner')).secret
})
afterAll(() => app.close())

const fetchAs = (client: GraphqlClient | null, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${app.origin}/organizations/${path}`, {
    headers: { ...(client === null ? {} : { cookie: client.cookieHeader }), ...headers },
  })

type Event = { sequence: number; type: string; summary: string; hash: string; previousHash: string | null }
const linesOf = async (response: Response): Promise<Event[]> =>
  (await response.text())
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event)

/** RFC 4180, with the quotes that it has. */
function parseCsv(text: string): string[][] {
  const fields = [...text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g)]
  const rows: string[][] = [[]]
  for (const [, field = '', end] of fields) {
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field)
    if (end === '\r\n') rows.push([])
  }
  return rows.filter((row) => row.length > 0)
}

describe('the export', () => {
  test('has every event in JSON Lines, the oldest first, and itself as the last', async () => {
    const response = await fetchAs(world.owner, 'acme/audit-events.jsonl')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="acme-audit-log-[\d-]+\.jsonl"$/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const events = await linesOf(response)
    expect(events[0]).toMatchObject({ sequence: 1, type: 'organization.created', previousHash: null })
    expect(events.at(-1)).toMatchObject({ type: 'auditLog.exported', sequence: events.length })
    for (const [index, event] of events.slice(1).entries()) expect(event.previousHash).toBe(events[index]?.hash)
  })

  test('has the same events in CSV', async () => {
    const rows = parseCsv(await (await fetchAs(world.owner, 'acme/audit-events.csv?type=membership')).text())
    expect(rows[0]).toEqual([
      'sequence',
      'at',
      'type',
      'actor',
      'actorId',
      'summary',
      'details',
      'requestId',
      'ipAddress',
      'id',
      'previousHash',
      'hash',
    ])
    const events = await linesOf(await fetchAs(world.owner, 'acme/audit-events.jsonl?type=membership'))
    expect(rows.slice(1).map((row) => [row[0], row[2], row[5]])).toEqual(
      events.map(({ sequence, type, summary }) => [String(sequence), type, summary]),
    )
    expect(events.length).toBeGreaterThan(2)
  })

  test.each(['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(A1)'])(
    'makes no formula of %s, which anybody may have written',
    async (name) => {
      const token = await world.owner.run<{ createAccessToken: { accessToken: { id: string } } }>(
        'mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { accessToken { id } secret } }',
        { input: { organizationId: world.organization.id, name, role: 'member' } },
      )
      const secretOwner = token.createAccessToken.accessToken.id
      await app.db.execute(`update audit_events set actor = '${name.replaceAll("'", "''")}'
        where type = 'accessToken.created' and details->>'accessTokenId' = '${secretOwner}'`)
      const text = await (await fetchAs(world.owner, 'acme/audit-events.csv?type=accessToken.created')).text()
      const actors = parseCsv(text).map((row) => row[3])
      expect(actors).toContain(`'${name}`)
      expect(actors).not.toContain(name)
    },
  )

  test('of more than is read at once is whole', async () => {
    await app.db.execute(`insert into audit_events
      (id, organization_id, at, type, actor, summary, details, request_id, sequence, hash)
      select 'aud_filled' || n, '${world.otherOrganization.id}', now(), 'membership.left', 'x', 'x', '{}', 'req', 100000 + n, n
      from generate_series(1, 1203) n`)
    await app.db.execute(`update audit_chains set last_sequence = 200000, last_id = 'aud_filled9'
      where organization_id = '${world.otherOrganization.id}'`)
    const events = await linesOf(await fetchAs(world.outsider, 'globex/audit-events.jsonl?type=membership.left'))
    expect(events.filter(({ sequence }) => sequence > 100000)).toHaveLength(1203)
  })

  test('takes an access token', async () => {
    const response = await fetchAs(null, 'acme/audit-events.jsonl', { authorization: `Bearer ${ownerSecret}` })
    expect(response.status).toBe(200)
  })
})

describe('refused', () => {
  const codeOf = async (response: Response): Promise<[number, string]> => {
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] }
    return [response.status, errors[0]?.extensions.code ?? '']
  }
  test.each<[string, () => GraphqlClient | null, number, string]>([
    ['nobody', () => null, 401, 'UNAUTHENTICATED'],
    ['a member', () => world.member.client, 403, 'FORBIDDEN'],
    ['somebody of another organization', () => world.outsider, 404, 'NOT_FOUND'],
  ])('%s', async (_who, client, status, code) => {
    expect(await codeOf(await fetchAs(client(), 'acme/audit-events.csv'))).toEqual([status, code])
  })

  test.each(['%00', '%ED%A0%80', 'A%27--', 'x'.repeat(5000)])('an address that is none: %s', async (slug) => {
    for (const client of [null, world.owner]) {
      const { status } = await fetchAs(client, `${slug}/audit-events.csv`)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    }
  })

  test('a page of another site', async () => {
    const response = await fetchAs(world.owner, 'acme/audit-events.csv', { 'sec-fetch-site': 'cross-site' })
    expect(await codeOf(response)).toEqual([403, 'FORBIDDEN'])
  })

  test.each(['from=yesterday', 'type=%27', 'actorId=x', 'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z'])(
    'what is wrong in %s',
    async (query) => {
      const response = await fetchAs(world.owner, `acme/audit-events.jsonl?${query}`)
      expect(await codeOf(response)).toEqual([400, 'BAD_USER_INPUT'])
    },
  )

  test('too many', async () => {
    const limited = await startTestApp({ environment: { RATE_LIMITS: 'on' } })
    const own = await createWorld(limited)
    const statuses: number[] = []
    for (let i = 0; i < 21; i++) {
      const response = await fetch(`${limited.origin}/organizations/acme/audit-events.jsonl`, {
        headers: { cookie: own.owner.cookieHeader },
      })
      await response.text()
      statuses.push(response.status)
    }
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(200))
    expect(statuses[20]).toBe(429)
    await limited.close()
  })
})
