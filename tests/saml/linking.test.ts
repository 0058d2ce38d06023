import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findVerifiedDomain } from '../../server/src/domain/domain.store.ts'
import { mayLinkByDomain } from '../../server/src/sso/login/link-by-domain.ts'
import { findConnection } from '../../server/src/sso/sso-connection.store.ts'
import { findUserByEmail } from '../../server/src/user/user.store.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { type DnsServer, startDnsServer } from '../testkit/dns-server.ts'
import type { GraphqlClient } from '../testkit/graphql-client.ts'
import { IdentityProvider, type Person } from '../testkit/identity-provider.ts'
import {
  changeRole,
  completeSetup,
  connect,
  joinBySso,
  type Organization,
  ownerPassword,
  type SamlConnection,
  type Step,
  signIn,
} from '../testkit/scenario.ts'

let dns: DnsServer
let app: TestApp
/** The owner of all organizations, with a password. */
let owner: GraphqlClient
let acme: Organization
let globex: Organization
let acmeIdp: IdentityProvider
let globexIdp: IdentityProvider
/** Two connections of Acme, one of Globex. */
let first: SamlConnection
let second: SamlConnection
let foreign: SamlConnection
beforeAll(async () => {
  dns = await startDnsServer()
  app = await startTestApp({ environment: { DNS_SERVERS: dns.address } })
  const setup = await completeSetup(app)
  owner = setup.owner
  acme = setup.organization
  const { createOrganization } = await owner.run<{ createOrganization: { organization: Organization } }>(
    'mutation { createOrganization(input: { name: "Globex", slug: "globex" }) { organization { id slug } } }',
  )
  globex = createOrganization.organization
  acmeIdp = await IdentityProvider.create()
  globexIdp = await IdentityProvider.create({ entityId: 'https://idp.globex.example' })
  first = await connect(owner, acme.id, acmeIdp, { name: 'First' })
  second = await connect(owner, acme.id, acmeIdp, { name: 'Second' })
  foreign = await connect(owner, globex.id, globexIdp, { name: 'Foreign' })
  await prove(acme, 'acme.example')
  await prove(globex, 'globex.example')
})
afterAll(async () => {
  await app.close()
  await dns.close()
})

async function prove({ id: organizationId }: Organization, name: string): Promise<string> {
  const { addDomain } = await owner.run<{
    addDomain: { domain: { id: string; recordName: string; recordValue: string } }
  }>('mutation($input: AddDomainInput!) { addDomain(input: $input) { domain { id recordName recordValue } } }', {
    input: { organizationId, name },
  })
  const { id, recordName, recordValue } = addDomain.domain
  dns.say(recordName, { txt: [recordValue] })
  await owner.run('mutation($input: VerifyDomainInput!) { verifyDomain(input: $input) { domain { id } } }', {
    input: { domainId: id },
  })
  return id
}

let number = 0
let name: string
beforeEach(() => {
  number += 1
  name = `person-${number}`
})
const at = (domain: string, subject = name): Person => ({ subject, email: `${name}@${domain}`, name: 'Some Body' })

const wayOf = (step: Step): string =>
  'refused' in step ? step.refused : step.location.startsWith('/link-account') ? 'PROOF' : 'IN'
const enterAcme = async (person: Person, connection = first): Promise<string> =>
  wayOf((await signIn(app, acmeIdp, connection, person)).step)
const enterGlobex = async (person: Person): Promise<string> =>
  wayOf((await signIn(app, globexIdp, foreign, person)).step)

const givePassword = (email: string) =>
  app.db.execute(`update users set password_hash =
    (select password_hash from users where email = 'owner@acme.example') where email = '${email}'`)
const removeFrom = (organization: Organization, email: string) =>
  app.db.execute(`delete from memberships where organization_id = '${organization.id}'
    and user_id = (select id from users where email = '${email}')`)
const forgetIdentities = (email: string) =>
  app.db.execute(`delete from sso_identities where user_id = (select id from users where email = '${email}')`)

type Trace = { name: string; passed: boolean; actual: string | null }[]
async function lastTrace(connection: SamlConnection): Promise<Trace> {
  const { node } = await owner.run<{ node: { signInAttempts: { nodes: { checks: Trace }[] } } }>(
    `query($id: ID!) { node(id: $id) { ... on SamlConnection { signInAttempts(first: 1) { nodes {
      checks { name passed actual } } } } } }`,
    { id: connection.id },
  )
  return node.signInAttempts.nodes[0]?.checks ?? []
}
const checkOf = async (connection: SamlConnection, check: string) =>
  (await lastTrace(connection)).find((each) => each.name === check)

describe('a new subject with the address of an existing account', () => {
  // What the account is, and what becomes of the sign-in through Acme’s second connection.
  test.each<[string, string, string, () => Promise<unknown>]>([
    ['a member, in the proved domain', 'acme.example', 'IN', async () => enterAcme(at('acme.example'))],
    ['the same in a domain that nobody proved', 'nobody.example', 'PROOF', async () => enterAcme(at('nobody.example'))],
    [
      'the same in a subdomain of the proved one',
      'mail.acme.example',
      'PROOF',
      async () => enterAcme(at('mail.acme.example')),
    ],
    [
      'an admin',
      'acme.example',
      'PROOF',
      async () => {
        const { membershipId } = await joinBySso(app, acmeIdp, first, at('acme.example'))
        await changeRole(owner, membershipId, 'admin')
      },
    ],
    [
      'an owner',
      'acme.example',
      'PROOF',
      async () => {
        const { membershipId } = await joinBySso(app, acmeIdp, first, at('acme.example'))
        await changeRole(owner, membershipId, 'owner')
      },
    ],
    [
      'a member with a password, which whoever invited them may have chosen',
      'acme.example',
      'PROOF',
      async () => {
        await enterAcme(at('acme.example'))
        await givePassword(`${name}@acme.example`)
      },
    ],
    [
      'somebody with a password who is a member nowhere',
      'acme.example',
      'IN',
      async () => {
        await enterAcme(at('acme.example'))
        await givePassword(`${name}@acme.example`)
        await removeFrom(acme, `${name}@acme.example`)
      },
    ],
    [
      'somebody without a password who is no member any more',
      'acme.example',
      'IN',
      async () => {
        await enterAcme(at('acme.example'))
        await removeFrom(acme, `${name}@acme.example`)
      },
    ],
    [
      'known to this connection by another subject',
      'acme.example',
      'PROOF',
      async () => enterAcme(at('acme.example', `${name}-before`), second),
    ],
    [
      'a suspended member',
      'acme.example',
      'MEMBER_SUSPENDED',
      async () => {
        const { membershipId } = await joinBySso(app, acmeIdp, first, at('acme.example'))
        await owner.run(
          'mutation($input: SetMemberSuspendedInput!) { setMemberSuspended(input: $input) { membership { id } } }',
          { input: { membershipId, suspended: true } },
        )
      },
    ],
  ])('%s (%s): %s', async (_what, domain, expected, prepare) => {
    await prepare()
    expect(await enterAcme(at(domain, `${name}-new`), second)).toBe(expected)
  })

  test('a password of an account that is a member nowhere ends with the link, and its sessions do', async () => {
    const email = `${name}@acme.example`
    await enterAcme(at('acme.example'))
    await givePassword(email)
    const client = app.nobody()
    const signInMutation = 'mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }'
    await client.run(signInMutation, { input: { email, password: ownerPassword } })
    await removeFrom(acme, email)
    expect(await enterAcme(at('acme.example', `${name}-new`), second)).toBe('IN')
    expect(await client.codeOf('{ viewer { user { id } } }')).toBe('UNAUTHENTICATED')
    expect(await app.nobody().codeOf(signInMutation, { input: { email, password: ownerPassword } })).toBe(
      'BAD_USER_INPUT',
    )
  })

  /** An account that Globex made while nobody had proved the domain; then Acme proves it. */
  const madeByGlobex = async (): Promise<string> => {
    const domain = `late-${number}.example`
    expect(await enterGlobex(at(domain))).toBe('IN')
    await prove(acme, domain)
    return domain
  }

  test('a member of another organization proves the account, though the domain is proved', async () => {
    const domain = await madeByGlobex()
    expect(await enterAcme(at(domain), second)).toBe('PROOF')
  })

  test('so does one whom another organization’s connection still knows', async () => {
    const domain = await madeByGlobex()
    await removeFrom(globex, `${name}@${domain}`)
    expect(await enterAcme(at(domain), second)).toBe('PROOF')
  })

  test('one whom nothing but the address is left of is connected', async () => {
    const domain = await madeByGlobex()
    await removeFrom(globex, `${name}@${domain}`)
    await forgetIdentities(`${name}@${domain}`)
    expect(await enterAcme(at(domain), second)).toBe('IN')
  })

  test('the owner of everything proves the account, and a password that somebody else chose opens nothing', async () => {
    expect(await enterAcme({ subject: name, email: 'owner@acme.example' })).toBe('PROOF')
    expect(await enterGlobex({ subject: name, email: 'owner@acme.example' })).toBe('PROOF')
  })

  test('another organization’s proof of its domain is not ours', async () => {
    const domain = `lent-${number}.example`
    expect(await enterAcme(at(domain))).toBe('IN')
    await prove(globex, domain)
    expect(await enterAcme(at(domain, `${name}-new`), second)).toBe('PROOF')
  })

  test('an address that the identity provider does not vouch for connects nothing', async () => {
    await enterAcme(at('acme.example'))
    const connection = await findConnection(app.db, second.id)
    const email = `${name}@acme.example`
    const existing = await findUserByEmail(app.db, email)
    if (connection === null || existing === null) throw new Error('not there')
    const identity = { subject: `${name}-new`, email, emailVerified: true, name: null }
    const now = app.clock.now()
    expect(await mayLinkByDomain(app.db, connection, identity, existing, now)).toBe(true)
    expect(await mayLinkByDomain(app.db, connection, { ...identity, emailVerified: false }, existing, now)).toBe(false)
  })

  test('is the same account in any letter case; the trace and the audit log say why it was connected', async () => {
    await enterAcme(at('acme.example'))
    const person = { subject: `${name}-new`, email: `${name.toUpperCase()}@ACME.Example` }
    expect(await enterAcme(person, second)).toBe('IN')
    expect(await checkOf(second, 'account')).toMatchObject({
      passed: true,
      actual: 'the organization has proved the domain of the address',
    })
    const rows = await app.db.execute(
      `select id from audit_events where type = 'ssoIdentity.linked' and details->>'email' = '${name}@acme.example'`,
    )
    expect([...rows]).toHaveLength(1)
  })

  test.each([
    ['a dotless i', (email: string) => email.replace('i', 'ı')],
    ['a dotted capital I', (email: string) => email.replace('i', 'İ')],
    ['a Kelvin sign', (email: string) => email.replace('k', '\u212a')],
    ['a long s', (email: string) => email.replace('s', 'ſ')],
    ['full-width letters', (email: string) => email.replace('acme', 'ａｃｍｅ')],
    ['a Cyrillic a', (email: string) => email.replace('acme', 'аcme')],
    ['a space of no width', (email: string) => email.replace('@', '\u200b@')],
    ['a soft hyphen', (email: string) => email.replace('@', '\u00ad@')],
    ['a full-width at sign', (email: string) => email.replace('@', '＠')],
    ['a full stop of another script', (email: string) => email.replace('.example', '。example')],
    ['a dot after the domain', (email: string) => `${email}.`],
  ])('with %s instead is nobody', async (_what, change) => {
    const email = `kisk-${name}@acme.example`
    expect(await enterAcme({ subject: name, email })).toBe('IN')
    expect(change(email)).not.toBe(email)
    expect(await enterAcme({ subject: `${name}-new`, email: change(email) }, second)).toBe('EMAIL_INVALID')
  })
})

describe('a new address in a domain that another organization proved', () => {
  test('makes no account: refused, with words that name nobody', async () => {
    const { step } = await signIn(app, acmeIdp, first, at('globex.example'))
    expect(step).toMatchObject({ refused: 'EMAIL_DOMAIN_TAKEN', status: 403 })
    expect('page' in step && step.page).not.toMatch(/globex/i)
    expect(await findUserByEmail(app.db, `${name}@globex.example`)).toBeNull()
    // And so the person comes in where they belong.
    expect(await enterGlobex(at('globex.example'))).toBe('IN')
  })

  test('a subdomain is a domain of its own', async () => {
    expect(await enterAcme(at('mail.globex.example'))).toBe('IN')
  })

  test('once the domain is removed, it is nobody’s', async () => {
    const domain = `gone-${number}.example`
    const domainId = await prove(globex, domain)
    expect(await enterAcme(at(domain))).toBe('EMAIL_DOMAIN_TAKEN')
    await owner.run('mutation($input: RemoveDomainInput!) { removeDomain(input: $input) { removedDomainId } }', {
      input: { domainId },
    })
    expect(await findVerifiedDomain(app.db, domain)).toBeNull()
    expect(await enterAcme(at(domain))).toBe('IN')
  })
})

describe('a known subject with another address', () => {
  const viewerOf = async (person: Person, connection = first) => {
    const { client } = await signIn(app, acmeIdp, connection, person)
    const { viewer } = await client.run<{ viewer: { user: { id: string; email: string; name: string } } }>(
      '{ viewer { user { id email name } } }',
    )
    return viewer.user
  }
  const moved = (domain: string): Person => ({ subject: name, email: `${name}-new@${domain}`, name: 'New Name' })

  test('is the same user, whose address and name follow; no second one is made', async () => {
    const before = await viewerOf(at('acme.example'))
    const after = await viewerOf(moved('acme.example'))
    expect(after).toEqual({ id: before.id, email: `${name}-new@acme.example`, name: 'New Name' })
    expect(await findUserByEmail(app.db, before.email)).toBeNull()
    expect(await checkOf(first, 'profile')).toMatchObject({ actual: `${before.email} became ${after.email}` })
    const rows = await app.db.execute<{ details: unknown }>(
      `select details from audit_events where type = 'user.emailChanged' and details->>'userId' = '${before.id}'`,
    )
    expect([...rows].map(({ details }) => details)).toEqual([
      { userId: before.id, from: before.email, to: after.email },
    ])
  })

  test('another letter case is no change', async () => {
    const before = await viewerOf(at('acme.example'))
    await viewerOf({ subject: name, email: before.email.toUpperCase(), name: 'Some Body' })
    expect(await checkOf(first, 'profile')).toBeUndefined()
  })

  type Case = [what: string, from: string, to: string, prepare: (email: string) => Promise<unknown>, why: string | null]
  const nothing = async () => {}
  test.each<Case>([
    ['between domains that nobody proved', 'nobody.example', 'nothing.example', nothing, null],
    ['from one that nobody proved into the proved one', 'nobody.example', 'acme.example', nothing, null],
    [
      'into another organization’s domain',
      'acme.example',
      'globex.example',
      nothing,
      'the new domain is another organization’s',
    ],
    ['within the proved domain, with a password', 'acme.example', 'acme.example', givePassword, null],
    [
      'out of the proved domain, with a password',
      'acme.example',
      'nobody.example',
      givePassword,
      'the account has a password of its own',
    ],
    [
      'into the proved domain, with a password',
      'nobody.example',
      'acme.example',
      givePassword,
      'the account has a password of its own',
    ],
    [
      'into the proved domain, of a member of another organization too',
      'nobody.example',
      'acme.example',
      (email) =>
        app.db.execute(`insert into memberships (id, organization_id, user_id, role, role_source, join_method, joined_at)
          select 'mem_extra_${name}', '${globex.id}', id, 'member', 'MANUAL', 'SINGLE_SIGN_ON', now()
          from users where email = '${email}'`),
      'another organization knows the account too',
    ],
    [
      'to an address that somebody has',
      'acme.example',
      'acme.example',
      () => enterAcme({ subject: `${name}-other`, email: `${name}-new@acme.example` }),
      'another account has',
    ],
  ])('%s: %s to %s', async (_what, from, to, prepare, why) => {
    const before = await viewerOf(at(from))
    await prepare(before.email)
    const after = await viewerOf(moved(to))
    expect(after.id).toBe(before.id)
    expect(after.email).toBe(why === null ? `${name}-new@${to}` : before.email)
    expect((await checkOf(first, 'profile'))?.actual).toContain(why ?? 'became')
  })

  test('a name of somebody with a password stays', async () => {
    const before = await viewerOf(at('acme.example'))
    await givePassword(before.email)
    expect((await viewerOf({ ...at('acme.example'), name: 'New Name' })).name).toBe('Some Body')
  })
})

test('a test sign-in foresees each of it', async () => {
  const foreseen = async (person: Person): Promise<string | null> => {
    const { startTestSignIn } = await owner.run<{ startTestSignIn: { url: string } }>(
      'mutation($input: StartTestSignInInput!) { startTestSignIn(input: $input) { url } }',
      { input: { connectionId: second.id } },
    )
    await signIn(app, acmeIdp, { ...second, loginUrl: startTestSignIn.url }, person)
    return (await checkOf(second, 'outcome'))?.actual ?? null
  }
  expect(await foreseen(at('globex.example'))).toContain('would be refused: another organization')
  expect(await foreseen({ subject: name, email: 'owner@acme.example' })).toContain('would be asked, once, to confirm')
  await enterAcme(at('acme.example'))
  expect(await foreseen(at('acme.example', `${name}-new`))).toContain('would be signed in: an existing member')
})

test('the password of a connected account still opens it', async () => {
  expect(
    await app.nobody().codeOf('mutation($input: SignInInput!) { signIn(input: $input) { user { id } } }', {
      input: { email: 'owner@acme.example', password: ownerPassword },
    }),
  ).toBe('OK')
})
