import type { ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { openPostgres } from '../../../server/src/db/connection-options.ts'
import { quantile } from '../measure.ts'
import { ask, type Started, startProgram } from '../messages.ts'
import { figure, table } from '../table.ts'
import { cpuDuring } from './cpu.ts'
import { type FilledApp, startApp } from './filled-apps.ts'
import { benchSessionCheck } from './session-check.ts'

const concurrencies = [1, 16, 64]
const rounds = 5
const seconds = 2
/** So many people ask in turns, that none of them is kept back by the limit of requests. */
const people = 400

const body = JSON.stringify({
  query: `query($slug: String!, $first: Int) { organization(slug: $slug) { memberships(first: $first) {
    pageInfo { hasNextPage endCursor }
    nodes { id suspended joinedAt role { id key name } user { id email name createdAt } }
  } } }`,
  variables: { slug: 'acme', first: 50 },
})

type System = { title: string; program: ChildProcess; origin: string; agent: Agent }
type Run = { perSecond: number; cpu: number }

/** Open sessions of people who were filled in. @returns their secrets. */
async function openSessions(databaseUrl: string): Promise<string[]> {
  const secrets = Array.from({ length: people }, () => randomBytes(32).toString('base64url'))
  const rows = secrets.map((secret, index) => ({
    id: `ses_bench${index}`,
    token_hash: createHash('sha256').update(secret).digest('hex'),
    user_id: `usr_0${String(index + 1).padStart(25, '0')}`,
    created_at: new Date(),
    last_seen_at: new Date(),
    expires_at: new Date(Date.now() + 86_400_000),
  }))
  const sql = openPostgres(databaseUrl, { max: 1 })
  await sql`insert into sessions ${sql(rows)}`
  await sql.end()
  return secrets
}

function send({ origin, agent }: System, secret: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      cookie: `gatehouse_session=${secret}`,
    }
    const sent = request(`${origin}/graphql`, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve(Buffer.concat(parts).toString()))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

let next = 0

/** So many requests at once, for so long. */
async function load(system: System, secrets: readonly string[], concurrency: number): Promise<Run> {
  const start = performance.now()
  const end = start + seconds * 1000
  let done = 0
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const text = await send(system, secrets[next++ % secrets.length] ?? '')
      if (!text.startsWith('{"data":{"organization":{"memberships"')) throw new Error(`${system.title}: ${text}`)
      done++
    }
  }
  const cpu = await cpuDuring(system.program, () => Promise.all(Array.from({ length: concurrency }, one)))
  return { perSecond: (done * 1000) / (performance.now() - start), cpu: cpu / done }
}

async function startSystems({ databaseUrl }: FilledApp): Promise<System[]> {
  const written = startProgram(new URL('./hand-written-process.ts', import.meta.url))
  const { origin } = await ask<{ origin: string }>(written, { what: 'start', databaseUrl })
  const systems = [{ title: 'hand-written', program: written, origin }]
  for (const limits of ['on', 'off']) {
    const program = startApp()
    const environment = { RATE_LIMITS: limits }
    const { origin } = await ask<Started>(program, { what: 'start', databaseUrl, environment })
    systems.push({ title: limits === 'on' ? 'Gatehouse' : 'Gatehouse, RATE_LIMITS=off', program, origin })
  }
  return systems.map((system) => ({ ...system, agent: new Agent({ keepAlive: true, maxSockets: 64 }) }))
}

/** A page of fifty members with user and role, beside an endpoint that does nothing else, in turns. */
export async function benchThroughput(app: FilledApp): Promise<void> {
  const secrets = await openSessions(app.databaseUrl)
  await benchSessionCheck(app.databaseUrl, secrets)
  const systems = await startSystems(app)
  try {
    const [secret = ''] = secrets
    const answers = await Promise.all(systems.map((system) => send(system, secret)))
    if (new Set(answers.map((answer) => answer.trim())).size > 1) throw new Error('the answers differ')
    for (const system of systems) await load(system, secrets, 16)
    const runs = systems.map(() => concurrencies.map((): Run[] => []))
    for (let round = 0; round < rounds; round++) {
      for (const [column, concurrency] of concurrencies.entries()) {
        for (const [row, system] of systems.entries()) {
          runs[row]?.[column]?.push(await load(system, secrets, concurrency))
        }
      }
    }
    const median = (row: number, column: number, of: keyof Run): number =>
      quantile(runs[row]?.[column]?.map((run) => run[of]) ?? [], 0.5)
    const rows = concurrencies.flatMap((concurrency, column) =>
      systems.map(({ title }, row) => [
        `${concurrency} at once: ${title}`,
        figure(median(row, column, 'perSecond')),
        figure(median(row, column, 'cpu')),
        figure(median(row, column, 'perSecond') / median(0, column, 'perSecond')),
        figure(median(0, column, 'cpu') / median(row, column, 'cpu')),
      ]),
    )
    const head = ['', 'per s', 'µs of CPU', '× per s', '× for the same CPU']
    const title = `Fifty of ${app.members.toLocaleString('en')} members, ${Buffer.byteLength(answers[0] ?? '')} bytes`
    process.stdout.write(`\n${title}\n\n${table(head, rows)}\n`)
  } finally {
    for (const { program, agent } of systems) {
      agent.destroy()
      program.disconnect()
    }
  }
}
