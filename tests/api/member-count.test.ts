import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { changeRole, createWorld, joinBySso, type Member, type World } from '../testkit/scenario.ts'

let app: TestApp
let world: World

beforeAll(async () => {
  app = await startTestApp()
  world = await createWorld(app)
})
afterAll(() => app.close())

async function count(args: { role?: string; query?: string } = {}): Promise<number> {
  const { organization } = await world.owner.run<{ organization: { memberships: { totalCount: number } } }>(
    `query($role: String, $query: String) {
      organization(slug: "acme") { memberships(first: 1, role: $role, query: $query) { totalCount } }
    }`,
    args,
  )
  return organization.memberships.totalCount
}
const counts = async (): Promise<number[]> =>
  Promise.all([count(), count({ role: 'owner' }), count({ role: 'admin' }), count({ role: 'member' })])

/** The same, counted one by one. */
async function counted(): Promise<number[]> {
  const rows = await app.db.execute<{ role: string }>(
    `select role from memberships where organization_id = '${world.organization.id}'`,
  )
  const of = (key: string): number => rows.filter(({ role }) => role === key).length
  return [rows.length, of('owner'), of('admin'), of('member')]
}

const join = (name: string): Promise<Member> =>
  joinBySso(app, world.idp, world.connection, { subject: name, email: `${name}@acme.example`, name })
const remove = (membershipId: string): Promise<unknown> =>
  world.owner.run('mutation($id: ID!) { removeMember(input: { membershipId: $id }) { removedMembershipId } }', {
    id: membershipId,
  })

/** So many people at once, in two statements. */
async function insertPeople(prefix: string, many: number): Promise<void> {
  await app.db.execute(`insert into users (id, email, name, created_at)
    select 'usr_' || '${prefix}' || n, '${prefix}' || n || '@many.example', 'Many', now() from generate_series(1, ${many}) n`)
  await app.db.execute(`insert into memberships
    (id, organization_id, user_id, role, role_source, join_method, joined_at)
    select 'mem_' || '${prefix}' || n, '${world.organization.id}', 'usr_' || '${prefix}' || n, 'member', 'JUST_IN_TIME', 'SINGLE_SIGN_ON', now()
    from generate_series(1, ${many}) n`)
}

test('whoever comes, goes or gets another role is counted, in all and by role', async () => {
  expect(await counts()).toEqual([3, 1, 1, 1])
  const nina = await join('nina')
  expect(await counts()).toEqual([4, 1, 1, 2])
  await changeRole(world.owner, nina.membershipId, 'owner')
  expect(await counts()).toEqual([4, 2, 1, 1])
  await remove(nina.membershipId)
  expect(await counts()).toEqual([3, 1, 1, 1])
})

test('what no operation of ours does is counted too', async () => {
  await insertPeople('p', 30)
  expect(await counts()).toEqual([33, 1, 1, 31])
  await app.db.execute(`update memberships set role = 'admin' where id like 'mem_p1%'`)
  expect(await counts()).toEqual([33, 1, 12, 20])
  await app.db.execute(`delete from users where id like 'usr_p%'`)
  expect(await counts()).toEqual([3, 1, 1, 1])
})

test('to sum up changes no count, whoever comes and goes meanwhile', async () => {
  const changes = Array.from({ length: 12 }, async (_, number) => {
    const one = await join(`busy-${number}`)
    await changeRole(world.owner, one.membershipId, 'admin')
    if (number % 2 === 0) await remove(one.membershipId)
  })
  const state = { over: false }
  const all = Promise.all(changes).finally(() => {
    state.over = true
  })
  while (!state.over) await Promise.all([app.runJobs(), app.runJobs()])
  await all
  expect(await counts()).toEqual([9, 1, 7, 1])
  expect(await counts()).toEqual(await counted())
  await app.runJobs()
  expect(await counts()).toEqual(await counted())
  const rows = await app.db.execute(
    `select 1 from membership_counts where organization_id = '${world.organization.id}'`,
  )
  expect(rows).toHaveLength(3)
})

test('an organization that is gone leaves no counts behind', async () => {
  await app.db.execute(`delete from organizations where slug = 'globex'`)
  await app.runJobs()
  const left = await app.db.execute(
    `select 1 from membership_counts where organization_id = '${world.otherOrganization.id}'`,
  )
  expect(left).toHaveLength(0)
})

test('a search counts what it finds up to 1,000', async () => {
  await insertPeople('q', 1010)
  expect(await count({ query: 'q101' })).toBe(2)
  expect(await count({ query: '@many.example' })).toBe(1000)
  expect(await count({ query: 'MANY', role: 'member' })).toBe(1000)
  expect(await count({ query: '@many.example', role: 'owner' })).toBe(0)
  expect(await count({ role: 'member' })).toBe(1011)
})
