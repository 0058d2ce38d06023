import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type postgres from 'postgres'
import { openPostgres } from '../../../server/src/db/connection-options.ts'
import { answerMessages } from '../messages.ts'
import type { CpuReport } from './cpu.ts'

// What a careful programmer would write for this one question, with nothing around it: the same session check, the
// same role, the same page in the same words, each a statement that is prepared.

let server: Server | null = null
let sql: postgres.Sql | null = null
let cpuBefore = process.cpuUsage()

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

/** The person whose open session it is. */
async function findSession(db: postgres.Sql, cookie: string): Promise<{ userId: string } | undefined> {
  const secret = /(?:^|; )gatehouse_session=([^;]+)/.exec(cookie)?.[1] ?? ''
  const hash = createHash('sha256').update(secret).digest('hex')
  const now = new Date()
  const [row] = await db<{ userId: string }[]>`
    select sessions.user_id as "userId", users.email, sso_connections.organization_id from sessions
    join users on users.id = sessions.user_id
    left join sso_connections on sso_connections.id = sessions.connection_id
    where token_hash = ${hash} and expires_at > ${now} and last_seen_at + make_interval(mins => idle_minutes) > ${now}`
  return row
}

type Row = {
  id: string
  roleKey: string
  suspended: boolean
  joinedAt: Date
  userId: string
  email: string
  name: string | null
  userCreatedAt: Date
}
const roles = new Map([
  ['owner', { id: 'rol_owner', key: 'owner', name: 'Organization Owner' }],
  ['admin', { id: 'rol_admin', key: 'admin', name: 'Organization Admin' }],
  ['member', { id: 'rol_member', key: 'member', name: 'Organization Member' }],
])

async function answer(db: postgres.Sql, request: IncomingMessage): Promise<string> {
  const { variables } = JSON.parse(await readBody(request)) as { variables: { slug: string; first: number } }
  const session = await findSession(db, request.headers.cookie ?? '')
  if (session === undefined) return '{"errors":[{"message":"Sign in to continue."}]}'
  const [organization] = await db<{ id: string }[]>`
    select organizations.id, memberships.role from organizations
    join memberships on memberships.organization_id = organizations.id
    where slug = ${variables.slug} and user_id = ${session.userId} and suspended_at is null`
  if (organization === undefined) return '{"data":{"organization":null}}'
  const rows = await db<Row[]>`
    select memberships.id, role as "roleKey", suspended_at is not null as suspended, joined_at as "joinedAt",
      users.id as "userId", email, name, users.created_at as "userCreatedAt"
    from memberships join users on users.id = memberships.user_id
    where organization_id = ${organization.id} order by memberships.id desc limit ${variables.first + 1}`
  const shown = rows.slice(0, variables.first)
  const nodes = shown.map(({ id, roleKey, suspended, joinedAt, userId, email, name, userCreatedAt }) => ({
    id,
    suspended,
    joinedAt,
    role: roles.get(roleKey),
    user: { id: userId, email, name, createdAt: userCreatedAt },
  }))
  const endCursor = Buffer.from(shown.at(-1)?.id ?? '').toString('base64url')
  const pageInfo = { hasNextPage: rows.length > variables.first, endCursor }
  return JSON.stringify({ data: { organization: { memberships: { pageInfo, nodes } } } })
}

/** @returns the address it listens at. */
async function start(databaseUrl: string): Promise<{ origin: string }> {
  const db = openPostgres(databaseUrl, { max: 20 })
  sql = db
  server = createServer((request, response) => {
    void answer(db, request).then((body) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, 'localhost', resolve))
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}` }
}

answerMessages(
  async (received): Promise<{ origin: string } | CpuReport> => {
    const message = received as { what: 'start'; databaseUrl: string } | { what: 'reset' | 'report' }
    if (message.what === 'start') return start(message.databaseUrl)
    const { user, system } = process.cpuUsage(cpuBefore)
    if (message.what === 'reset') cpuBefore = process.cpuUsage()
    return { cpuMicroseconds: user + system }
  },
  async () => {
    server?.close()
    await sql?.end()
  },
)
