import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../server/src/config.ts'
import { days } from '../../server/src/core/clock.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { startMailServer } from '../testkit/mail-server.ts'
import { completeSetup, type Organization } from '../testkit/scenario.ts'

let app: TestApp
let clock: TestClock
let database: TestDatabase
let owner: GraphqlClient
let organization: Organization
beforeAll(async () => {
  clock = createTestClock()
  database = await createTestDatabase()
  app = await startTestApp({ clock, database, environment: { DEV_INBOX: 'on' } })
  ;({ owner, organization } = await completeSetup(app))
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

type Created = { acceptUrl: string; mailed: boolean }
async function invite(email: string): Promise<Created> {
  const { inviteMembers } = await owner.run<{ inviteMembers: { invitations: Created[] } }>(
    'mutation($input: InviteMembersInput!) { inviteMembers(input: $input) { invitations { acceptUrl mailed } } }',
    { input: { organizationId: organization.id, emails: [email], role: 'member' } },
  )
  const [created] = inviteMembers.invitations
  if (created === undefined) throw new Error('nobody was invited')
  return created
}
const read = async (path: string) => {
  const response = await fetch(`${app.origin}${path}`)
  return { status: response.status, headers: response.headers, text: await response.text() }
}
/** With headers that fetch() does not let one set. */
const ask = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(app.origin)
    const sent = request({ host: 'localhost', port, path: '/dev/inbox', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.once('error', reject)
    sent.end()
  })

describe('the dev inbox', () => {
  test('has what would be sent, as text with its link, and as HTML', async () => {
    expect((await read('/dev/inbox')).text).toContain('Nothing yet.')
    const { acceptUrl, mailed } = await invite('ada@acme.example')
    // Nothing goes out: whoever invites hands the link over.
    expect(mailed).toBe(false)
    const list = await read('/dev/inbox')
    expect(list.text).toContain('You are invited to join Acme')
    expect(list.text).toContain('to ada@acme.example')
    const [, path = ''] = /href="(\/dev\/inbox\/eml_[0-9a-z]+)"/.exec(list.text) ?? []
    const mail = await read(path)
    expect(mail.text).toContain(`<a href="${acceptUrl}">`)
    const html = await read(`${path}/html`)
    expect(html.text).toContain(`href="${acceptUrl}"`)
    for (const { headers } of [list, mail, html]) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect((await read('/dev/inbox/eml_none')).status).toBe(404)
    expect((await read('/dev/inbox/%00')).status).toBe(404)
  })

  test('answers to its own name alone: no page of another site reaches it by a name that leads here', async () => {
    expect(await ask(new URL(app.origin).host)).toBe(200)
    expect(await ask('evil.example')).toBe(404)
    expect(await ask(`evil.example:${new URL(app.origin).port}`)).toBe(404)
  })

  test('is not there unless it was asked for', async () => {
    const usual = await startTestApp()
    const response = await fetch(`${usual.origin}/dev/inbox`, { headers: { accept: 'text/plain' } })
    expect(response.status).toBe(404)
    await usual.close()
  })

  test('keeps mail from going out, also when a mail server is configured later; and forgets it after a week', async () => {
    const server = await startMailServer()
    const environment = { SMTP_URL: `smtp://127.0.0.1:${server.port}`, MAIL_FROM: 'sso@gatehouse.example' }
    const later = await startTestApp({ clock, database, environment })
    await later.runJobs()
    expect(server.received).toEqual([])
    expect((await read('/dev/inbox')).text).toContain('ada@acme.example')
    clock.advance(days(8))
    await app.runJobs()
    expect(server.received).toEqual([])
    expect((await read('/dev/inbox')).text).toContain('Nothing yet.')
    await later.close()
    await server.close()
  })
})

test.each([
  [{}, true],
  [{ PUBLIC_URL: 'http://localhost:4000' }, false],
  [{ PUBLIC_URL: 'https://sso.example.com' }, false],
  [{ SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@b.example' }, false],
  [{ DEV_INBOX: 'off' }, false],
])('whoever sets %j has it: %s', (environment, there) => {
  expect(readConfig(environment, 'nowhere').devInbox).toBe(there)
})

test.each([
  { DEV_INBOX: 'on', PUBLIC_URL: 'https://sso.example.com' },
  { DEV_INBOX: 'on', SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@b.example' },
])('DEV_INBOX does not start with %j', (environment) => {
  expect(() => readConfig(environment, 'nowhere')).toThrow('DEV_INBOX shows everybody’s mail')
})
