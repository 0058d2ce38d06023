import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../server/src/core/log.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { IdentityProvider } from '../testkit/identity-provider.ts'
import { completeSetup, connect, type SamlConnection, signIn } from '../testkit/scenario.ts'

/** What the server writes for programs. */
const lines: string[] = []
const destination = new Writable({
  write(chunk, _encoding, done) {
    lines.push(String(chunk))
    done()
  },
})

let app: TestApp
let idp: IdentityProvider
let connection: SamlConnection
beforeAll(async () => {
  app = await startTestApp({ log: createLog('trace', false, destination) })
  const { owner, organization } = await completeSetup(app)
  idp = await IdentityProvider.create()
  connection = await connect(owner, organization.id, idp)
})
afterAll(() => app.close())

test('a statement that fails is in the log with its cause, and without what it was given', async () => {
  await app.db.execute('alter table audit_events rename to elsewhere')
  const person = { subject: 'a-lasting-subject', email: 'somebody@acme.example', name: 'Some Body' }
  const { step } = await signIn(app, idp, connection, person)
  expect(step).toMatchObject({ refused: 'INTERNAL_ERROR' })
  const noPassword = 'mutation { signIn(input: { email: "owner@acme.example", password: "wrong" }) { user { id } } }'
  expect(await app.nobody().codeOf(noPassword)).toBe('INTERNAL_SERVER_ERROR')
  const log = lines.join('')
  expect(log).toContain('a sign-in failed unexpectedly')
  expect(log).toContain('a GraphQL operation failed unexpectedly')
  expect(log).toContain('insert into \\"audit_events\\"')
  expect(log).toContain('relation \\"audit_events\\" does not exist')
  expect(log).toContain('record-audit-event')
  for (const told of ['somebody@', 'owner@', 'a-lasting-subject', 'Some Body']) expect(log).not.toContain(told)
  await app.db.execute('alter table elsewhere rename to audit_events')
})
