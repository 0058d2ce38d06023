import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock } from '../testkit/clock.ts'
import { type Answer, IdentityProvider } from '../testkit/identity-provider.ts'
import { completeSetup, connect, type SamlConnection, type Step, signIn } from '../testkit/scenario.ts'
import { countStored } from '../testkit/stored.ts'

let app: TestApp
let idp: IdentityProvider
let connection: SamlConnection
beforeAll(async () => {
  app = await startTestApp({ clock: createTestClock() })
  const { organization, owner } = await completeSetup(app)
  idp = await IdentityProvider.create()
  connection = await connect(owner, organization.id, idp)
})
afterAll(() => app.close())

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const objectId = 'http://schemas.microsoft.com/identity/claims/objectidentifier'
const byEmail = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'

const attempt = async (lies: Partial<Answer>): Promise<string> => {
  const { step } = await signIn(app, idp, connection, { subject: 'unused' }, { lies })
  return outcome(step)
}
const outcome = (step: Step): string => ('refused' in step ? step.refused : step.location.replace(/\?.*/, ''))

describe('a person without an e-mail address', () => {
  test.each([
    [
      'a user without a mailbox, in Entra',
      {
        attributes: [
          [objectId, '1'],
          [`${claims}name`, 'ada@acme.example'],
        ],
      },
      'EMAIL_MISSING',
    ],
    [
      'a user whose mailbox is empty',
      {
        attributes: [
          [objectId, '1'],
          [`${claims}emailaddress`, ''],
        ],
      },
      'EMAIL_MISSING',
    ],
    ['a user with a NameID alone', { attributes: [] }, 'EMAIL_MISSING'],
    [
      'a guest, whose name is no address',
      { nameId: { value: 'ada_gmail.com#EXT#@acme.onmicrosoft.com', format: byEmail }, attributes: [] },
      'EMAIL_INVALID',
    ],
    [
      'a guest, whose mail attribute holds the name',
      { attributes: [['mail', 'ada_gmail.com#EXT#@acme.onmicrosoft.com']] },
      'EMAIL_INVALID',
    ],
  ] as [string, Partial<Answer>, string][])(
    '%s, is told so, and nothing is made of them',
    async (_who, lies, reason) => {
      const before = await countStored(app.db)
      expect(await attempt(lies)).toBe(reason)
      expect(await countStored(app.db)).toEqual(before)
    },
  )

  test('who had one before, stays one user', async () => {
    const nameId = { value: 'grace', format: persistent }
    expect(await attempt({ nameId, attributes: [['email', 'grace@acme.example']] })).toBe('/')
    const before = await countStored(app.db)
    expect(await attempt({ nameId, attributes: [] })).toBe('EMAIL_MISSING')
    expect(await countStored(app.db)).toEqual(before)
    expect(await attempt({ nameId, attributes: [['email', 'Grace@ACME.example']] })).toBe('/')
    expect(await countStored(app.db)).toMatchObject({ users: before.users, memberships: before.memberships })
  })

  test('but in the NameID, becomes one user, who is asked for proof when the subject changes', async () => {
    const nameId = { value: 'alan@acme.example', format: byEmail }
    expect(await attempt({ nameId, attributes: [] })).toBe('/')
    const before = await countStored(app.db)
    expect(await attempt({ nameId, attributes: [['email', 'alan@acme.example']] })).toBe('/')
    expect(
      await attempt({
        nameId,
        attributes: [
          [objectId, 'alan-1'],
          ['email', 'alan@acme.example'],
        ],
      }),
    ).toBe('/link-account')
    expect(await countStored(app.db)).toMatchObject({ users: before.users, memberships: before.memberships })
  })
})
