import { beforeAll, expect, it } from 'vitest'
import { startTestApp } from '../testkit/app.ts'
import { createSigningKey } from '../testkit/certificates.ts'
import { createTestDatabase } from '../testkit/database.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { readMail, startMailServer } from '../testkit/mail-server.ts'
import { startMetadataSite } from '../testkit/metadata-site.ts'
import { completeSetup, connect } from '../testkit/scenario.ts'
import { buildServer, startServerProcess } from '../testkit/server-process.ts'

beforeAll(buildServer)

it('what happens by itself does so in the server as it is started, once for two of them', {
  timeout: 90_000,
}, async () => {
  const database = await createTestDatabase()
  const mail = await startMailServer()
  const site = await startMetadataSite()
  const idp = await IdentityProvider.create()
  idp.signer = await createSigningKey({ days: 20 })
  site.publish(idp.metadata())
  const environment = {
    DATABASE_URL: database.url,
    ALLOW_PRIVATE_METADATA_URLS: 'on',
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: 'sso@gatehouse.example',
  }
  const app = await startTestApp({ database, environment: { ALLOW_PRIVATE_METADATA_URLS: 'on' } })
  const { owner, organization } = await completeSetup(app)
  await connect(owner, organization.id, idp, { name: 'Entra', idpMetadataUrl: site.url })
  await app.close()
  site.takeVisits()
  const servers = [await startServerProcess(environment), await startServerProcess(environment)]
  try {
    await expect.poll(() => mail.received.length, { timeout: 60_000 }).toBe(1)
    const [received] = mail.received
    if (received === undefined) throw new Error('no mail came')
    expect(readMail(received).headers.get('subject')).toBe('Entra: a certificate expires in 20 days')
    // What is under way at the stop is finished.
    expect(await Promise.all(servers.map((server) => server.end('SIGTERM')))).toEqual([0, 0])
    expect([mail.received.length, site.takeVisits()]).toEqual([1, 1])
  } finally {
    await Promise.all(servers.map((server) => server.end('SIGKILL')))
    await site.close()
    await mail.close()
    await database.drop()
  }
})
