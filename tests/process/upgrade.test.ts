import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditLogReport, verifyAuditLogs } from '../../server/src/audit/verify-audit-log.ts'
import { openPostgres } from '../../server/src/db/connection-options.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import { samlMetadataRefreshes } from '../../server/src/db/schema/sso-connections.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createEmptyDatabase, type TestDatabase } from '../testkit/database.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { type MetadataSite, startMetadataSite } from '../testkit/metadata-site.ts'
import { type SamlConnection, signIn } from '../testkit/scenario.ts'

const drizzle = new URL('../../drizzle/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, drizzle), 'utf8')

let database: TestDatabase
let app: TestApp
let idp: IdentityProvider
let site: MetadataSite
let connection: SamlConnection

/** A database as the first version left it: an organization, and a connection whose metadata has an address. */
beforeAll(async () => {
  database = await createEmptyDatabase()
  idp = await IdentityProvider.create()
  site = await startMetadataSite()
  site.publish(idp.metadata())
  const [first] = (JSON.parse(read('meta/_journal.json')) as { entries: { tag: string; when: number }[] }).entries
  if (first === undefined) throw new Error('there is no first migration')
  const sql = openPostgres(database.url, { max: 1, onnotice: () => {} })
  for (const statement of read(`${first.tag}.sql`).split('--> statement-breakpoint')) await sql.unsafe(statement)
  await sql`create schema drizzle`
  await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('first', ${first.when})`
  await sql`insert into organizations values ('org_1', 'acme', 'Acme', now())`
  await sql`insert into organizations values ('org_2', 'globex', 'Globex', now())`
  await sql`insert into organizations values ('org_3', 'initech', 'Initech', now())`
  await sql`insert into sso_connections (id, organization_id, protocol, name, enabled, revision, created_at, updated_at)
    values ('sso_1', 'org_1', 'SAML', 'Entra', true, 1, now(), now())`
  await sql`insert into saml_connections
    (connection_id, sp_entity_id, idp_sso_url, idp_entity_id, idp_certificates, idp_metadata_url)
    values ('sso_1', 'urn:acme', ${idp.ssoUrl}, ${idp.entityId}, ${sql.json([idp.certificate])}, ${site.url})`
  const details = {
    // What a text and its order may look like: quotes, controls, other scripts; members whose names sort by letter.
    zeta: ['name', 'idpCertificates', null, 7],
    name: 'Ünïcode “quoted” \\ \n\t\u0001\u007f \u2028 😀',
    a: { b: {}, B: [], count: 0 },
    empty: null,
  }
  for (const [id, at, ipAddress] of [
    ['aud_01', '2026-01-02T03:04:05.006Z', '192.0.2.1'],
    ['aud_03', '2026-01-02T03:04:05Z', null],
    ['aud_02', '2026-01-02T03:04:05.1Z', '2001:db8::1'],
  ] as const) {
    for (const organization of ['org_1', 'org_2']) {
      await sql`insert into audit_events
        (id, organization_id, at, type, actor, actor_id, summary, details, request_id, ip_address)
        values (${id + organization.at(-1)}, ${organization}, ${at}, 'signIn.refused', 'nobody', null,
          ${`Refused: ${details.name}`}, ${sql.json(details)}, 'req_1', ${ipAddress})`
    }
  }
  await sql.end()
  await migrate(database.url)
  app = await startTestApp({ database, environment: { ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  const at = `${app.origin}/sso/sso_1`
  connection = { id: 'sso_1', spEntityId: 'urn:acme', loginUrl: `${at}/login`, redirectUrl: `${at}/acs`, revision: 1 }
})
afterAll(async () => {
  await app.close()
  await site.close()
  await database.drop()
})

test('a connection of the first version signs people in after the upgrade', async () => {
  const { step } = await signIn(app, idp, connection, { subject: 'mary', email: 'mary@acme.example' })
  expect(step).toEqual({ location: '/' })
})

test('metadata that had an address before the upgrade is read again from then on', async () => {
  await app.runJobs()
  expect(site.takeVisits()).toBe(1)
  await app.runJobs()
  expect(site.takeVisits()).toBe(0)
  const [refresh] = await app.db.select().from(samlMetadataRefreshes)
  expect(refresh).toMatchObject({ connectionId: 'sso_1', problem: null, failures: 0, stagedCertificates: [] })
  expect(refresh?.checkedAt).not.toBeNull()
})

test('events that were recorded before the upgrade are chained, and new ones follow them', async () => {
  const verify = async () => {
    const reports: Pick<AuditLogReport, 'slug' | 'events' | 'broken'>[] = []
    await verifyAuditLogs(app.db, new Map(), ({ slug, events, broken }) => reports.push({ slug, events, broken }))
    return reports
  }
  const [before] = await verify()
  expect(before?.events).toBeGreaterThan(3)
  await signIn(app, idp, connection, { subject: 'mary', email: 'mary@acme.example' })
  expect(await verify()).toEqual([
    { slug: 'acme', events: (before?.events ?? 0) + 1, broken: null },
    { slug: 'globex', events: 3, broken: null },
    { slug: 'initech', events: 0, broken: null },
  ])
  const rows = await app.db.execute<{ id: string }>(
    `select id from audit_events where organization_id = 'org_2' order by sequence`,
  )
  expect(rows.map(({ id }) => id)).toEqual(['aud_012', 'aud_022', 'aud_032'])
})
