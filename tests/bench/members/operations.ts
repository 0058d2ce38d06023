import { changeRole, signIn } from '../../testkit/scenario.ts'
import { membershipIdOf, subjectOf } from './fill.ts'
import type { FilledApp } from './filled-apps.ts'

/** Somebody who was filled in. */
export type KnownPerson = { number: number; email: string; name: string }

/** What is measured: once, for the person or the word that this time is about. */
export type Operation = { title: string; run(on: FilledApp, person: KnownPerson): Promise<unknown> }

/** What the console's page of members asks for. */
const query = `query($first: Int, $after: String, $query: String, $role: String) {
  organization(slug: "acme") {
    id
    viewerMembership { id }
    memberships(first: $first, after: $after, query: $query, role: $role) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id suspended joinedAt joinMethod lastSignInAt role { id key name } user { id name email }
        assignableRoles { id key name } viewerCanSuspend viewerCanRemove viewerCanEndSessions viewerRestriction
      }
    }
  }
}`

async function list({ owner }: FilledApp, args: Record<string, unknown>, atLeast: number): Promise<void> {
  const { organization } = await owner.run<{ organization: { memberships: { nodes: unknown[] } } }>(query, {
    first: 50,
    ...args,
  })
  if (organization.memberships.nodes.length < atLeast) throw new Error('the page holds fewer members than it should')
}

const cursorOf = (number: number): string => Buffer.from(membershipIdOf(number)).toString('base64url')

/** The part of an address between the family name and the @, without its ends. */
const ownPart = ({ email }: KnownPerson): string => email.split('.').slice(2).join('.').replace(/@.*/, '').slice(1, -1)

export const operations: readonly Operation[] = [
  { title: 'first page', run: (on) => list(on, {}, 50) },
  {
    title: 'page at nine tenths',
    run: (on, { number }) => list(on, { after: cursorOf(Math.floor(on.members / 10) + (number % 500)) }, 50),
  },
  { title: 'members of the role admin', run: (on) => list(on, { role: 'admin' }, 10) },
  { title: 'members of the role member', run: (on) => list(on, { role: 'member' }, 50) },
  { title: 'search: part of one address', run: (on, person) => list(on, { query: ownPart(person) }, 1) },
  {
    title: 'search: a family name, one in 125',
    run: (on, { name }) => list(on, { query: name.split(' ')[1] }, 10),
  },
  { title: 'search: what all addresses hold', run: (on) => list(on, { query: 'people.ex' }, 50) },
  { title: 'search: what nobody is called', run: (on, { number }) => list(on, { query: `nobody-${number}` }, 0) },
  {
    title: 'change of a role',
    run: async ({ owner }, { number }) => {
      const id = membershipIdOf(number)
      await changeRole(owner, id, number % 2 === 0 ? 'admin' : 'member')
      await changeRole(owner, id, number % 2 === 0 ? 'member' : 'admin')
    },
  },
  {
    title: 'sign-in of a known person',
    run: async ({ app, idp, connection }, { number, email, name }) => {
      const { step } = await signIn(app, idp, connection, { subject: subjectOf(number), email, name })
      if (!('location' in step)) throw new Error(`a sign-in was refused: ${step.refused}`)
    },
  },
]
