import { describe, expect, test } from 'vitest'
import { type BuiltInRoleKey as RoleKey, builtInRole as roleOf, builtInRoles as roles } from '../access/permission.ts'
import {
  type Managed,
  type Manager,
  type Refusal,
  refusalError,
  refuseLeaving,
  refuseRemoval,
  refuseRoleChange,
  refuseSuspension,
  rightsOver,
} from './role-rules.ts'

const manager = (role: RoleKey, membershipId: string | null = 'mem_actor'): Manager => ({
  role: roleOf(role),
  roleExpiresAt: null,
  membershipId,
})
const managed = (role: RoleKey, { id = 'mem_other', suspended = false } = {}): Managed => ({
  id,
  role: roleOf(role),
  roleExpiresAt: null,
  suspended,
})
const own = (role: RoleKey): Managed => managed(role, { id: 'mem_actor' })
const keys: RoleKey[] = ['owner', 'admin', 'member']
const manyOwners = 2

describe('giving a role', () => {
  const allowed: [RoleKey, RoleKey, RoleKey[]][] = [
    ['owner', 'owner', ['owner', 'admin', 'member']],
    ['owner', 'admin', ['owner', 'admin', 'member']],
    ['owner', 'member', ['owner', 'admin', 'member']],
    ['admin', 'owner', []],
    ['admin', 'admin', ['admin', 'member']],
    ['admin', 'member', ['admin', 'member']],
    ['member', 'owner', []],
    ['member', 'admin', []],
    ['member', 'member', []],
  ]
  test.each(allowed)('an %s may give a member who is %s: %j', (actor, from, to) => {
    const granted = keys.filter(
      (key) => refuseRoleChange(manager(actor), managed(from), roleOf(key), manyOwners) === null,
    )
    expect(granted).toEqual(to)
  })

  test('says which rule refused', () => {
    const refusal = (actor: RoleKey, from: RoleKey, to: RoleKey) =>
      refuseRoleChange(manager(actor), managed(from), roleOf(to), manyOwners)
    expect(refusal('member', 'member', 'admin')).toBe('LACKS_PERMISSION')
    expect(refusal('admin', 'owner', 'member')).toBe('MEMBER_ABOVE_ACTOR')
    expect(refusal('admin', 'member', 'owner')).toBe('ROLE_ABOVE_ACTOR')
  })

  test('an admin does not make themself an owner, but may step down', () => {
    expect(refuseRoleChange(manager('admin'), own('admin'), roleOf('owner'), 1)).toBe('ROLE_ABOVE_ACTOR')
    expect(refuseRoleChange(manager('admin'), own('admin'), roleOf('member'), 1)).toBeNull()
  })

  test('an owner steps down only beside another active owner', () => {
    expect(refuseRoleChange(manager('owner'), own('owner'), roleOf('admin'), 1)).toBe('LAST_OWNER')
    expect(refuseRoleChange(manager('owner'), own('owner'), roleOf('admin'), 2)).toBeNull()
    expect(refuseRoleChange(manager('owner'), own('owner'), roleOf('owner'), 1)).toBeNull()
  })

  test('a suspended owner is not the last one, whatever the count', () => {
    const suspended = managed('owner', { suspended: true })
    expect(refuseRoleChange(manager('owner'), suspended, roleOf('member'), 1)).toBeNull()
  })
})

describe('suspending and letting in', () => {
  test.each<[RoleKey, RoleKey, Refusal | null]>([
    ['owner', 'owner', null],
    ['owner', 'member', null],
    ['admin', 'owner', 'MEMBER_ABOVE_ACTOR'],
    ['admin', 'admin', null],
    ['admin', 'member', null],
    ['member', 'member', 'LACKS_PERMISSION'],
  ])('%s acting on %s: %s', (actor, target, refusal) => {
    expect(refuseSuspension(manager(actor), managed(target), true, manyOwners)).toBe(refusal)
    expect(refuseSuspension(manager(actor), managed(target, { suspended: true }), false, manyOwners)).toBe(refusal)
  })

  test('nobody suspends themself', () => {
    expect(refuseSuspension(manager('owner'), own('owner'), true, 2)).toBe('SUSPENDS_THEMSELF')
    expect(refuseSuspension(manager('admin'), own('admin'), true, 2)).toBe('SUSPENDS_THEMSELF')
  })

  test('the last active owner is suspended by nobody, an access token included', () => {
    expect(refuseSuspension(manager('owner'), own('owner'), true, 1)).toBe('LAST_OWNER')
    expect(refuseSuspension(manager('owner', null), managed('owner'), true, 1)).toBe('LAST_OWNER')
  })

  test('a suspended owner may be let in again while one other owner is active', () => {
    expect(refuseSuspension(manager('owner'), managed('owner', { suspended: true }), false, 1)).toBeNull()
  })
})

describe('removing and leaving', () => {
  test.each<[RoleKey, RoleKey, Refusal | null]>([
    ['owner', 'owner', null],
    ['owner', 'admin', null],
    ['admin', 'owner', 'MEMBER_ABOVE_ACTOR'],
    ['admin', 'admin', null],
    ['admin', 'member', null],
    ['member', 'member', 'LACKS_PERMISSION'],
  ])('%s removing %s: %s', (actor, target, refusal) => {
    expect(refuseRemoval(manager(actor), managed(target), manyOwners)).toBe(refusal)
  })

  test('nobody removes themself: they leave', () => {
    expect(refuseRemoval(manager('admin'), own('admin'), 1)).toBe('REMOVES_THEMSELF')
    expect(refuseLeaving(own('admin'), 1)).toBeNull()
    expect(refuseLeaving(own('member'), 1)).toBeNull()
  })

  test('the last active owner is not removed and does not leave', () => {
    expect(refuseRemoval(manager('owner'), own('owner'), 1)).toBe('LAST_OWNER')
    expect(refuseRemoval(manager('owner', null), managed('owner'), 1)).toBe('LAST_OWNER')
    expect(refuseLeaving(own('owner'), 1)).toBe('LAST_OWNER')
    expect(refuseLeaving(own('owner'), 2)).toBeNull()
  })
})

describe('what the view says', () => {
  const situations = keys.flatMap((actor) =>
    keys.flatMap((target) =>
      [own(target), managed(target), managed(target, { suspended: true })].flatMap((subject) =>
        [1, 2].map((activeOwners) => ({ actor: manager(actor), subject, activeOwners })),
      ),
    ),
  )

  test('agrees with the operations everywhere', () => {
    for (const { actor, subject, activeOwners } of situations) {
      const rights = rightsOver(actor, subject, activeOwners, roles)
      const isOwn = subject.id === actor.membershipId
      const removal = isOwn ? refuseLeaving(subject, activeOwners) : refuseRemoval(actor, subject, activeOwners)
      expect(rights.canRemove).toBe(removal === null)
      expect(rights.canEndSessions).toBe(refuseSuspension(actor, subject, false, activeOwners) === null)
      expect(rights.canSuspend).toBe(refuseSuspension(actor, subject, !subject.suspended, activeOwners) === null)
      expect(rights.assignableRoles).toEqual(
        roles.filter((role) => refuseRoleChange(actor, subject, role, activeOwners) === null),
      )
    }
  })

  test('explains exactly where nothing can be changed', () => {
    for (const { actor, subject, activeOwners } of situations) {
      const { canSuspend, canRemove, assignableRoles, restriction } = rightsOver(actor, subject, activeOwners, roles)
      const removes = canRemove && subject.id !== actor.membershipId
      const changes = canSuspend || removes || assignableRoles.some((role) => role.key !== subject.role.key)
      expect(restriction === null).toBe(changes)
    }
  })

  test('a member may only leave', () => {
    expect(rightsOver(manager('member'), own('member'), 1, roles)).toEqual({
      canSuspend: false,
      canRemove: true,
      canEndSessions: false,
      assignableRoles: [],
      restriction: 'Your role does not include managing members. Ask an organization owner.',
    })
  })

  test('the last owner reads what to do first', () => {
    const { canRemove, restriction } = rightsOver(manager('owner'), own('owner'), 1, roles)
    expect(canRemove).toBe(false)
    expect(restriction).toBe('This is the only active owner of the organization. Make somebody else an owner first.')
  })

  test('an admin reads why an owner is out of reach', () => {
    const { assignableRoles, restriction } = rightsOver(manager('admin'), managed('owner'), 1, roles)
    expect(assignableRoles).toEqual([])
    expect(restriction).toBe('This member’s role is above yours. Ask an organization owner.')
  })
})

test('only the last-owner rule is a conflict', () => {
  expect(refusalError('LAST_OWNER', 'member:remove').details).toEqual({ code: 'CONFLICT', reason: 'LAST_OWNER' })
  expect(refusalError('MEMBER_ABOVE_ACTOR', 'member:remove').details).toEqual({
    code: 'FORBIDDEN',
    permission: 'member:remove',
  })
})

describe('roles that end', () => {
  const soon = new Date('2026-01-01T10:00:00Z')
  const later = new Date('2026-01-01T11:00:00Z')
  const until = (role: RoleKey, roleExpiresAt: Date | null) => ({ ...managed(role), roleExpiresAt })
  const temporary = { ...manager('owner'), roleExpiresAt: soon }

  test('whoever has a role for a time gives none for longer, themself included', () => {
    const change = (end: Date | null) => refuseRoleChange(temporary, managed('member'), roleOf('admin'), 1, end)
    expect([change(null), change(later), change(soon)]).toEqual(['ROLE_OUTLASTS_ACTOR', 'ROLE_OUTLASTS_ACTOR', null])
    const own = { ...until('owner', soon), id: 'mem_actor' }
    expect(refuseRoleChange(temporary, own, roleOf('owner'), 1, null)).toBe('ROLE_OUTLASTS_ACTOR')
    expect(refuseRoleChange(temporary, own, roleOf('owner'), 1, later)).toBe('ROLE_OUTLASTS_ACTOR')
  })

  test('but they may take, since that gives nothing', () => {
    expect(refuseRoleChange(temporary, managed('owner'), roleOf('admin'), 2)).toBeNull()
    expect(refuseRoleChange(temporary, managed('admin'), roleOf('member'), 1)).toBeNull()
    expect(refuseRoleChange(temporary, until('owner', soon), roleOf('admin'), 1)).toBe('ROLE_OUTLASTS_ACTOR')
  })

  test('an owner for a time is not the owner that always remains', () => {
    expect(refuseRoleChange(manager('owner'), own('owner'), roleOf('owner'), 1, later)).toBe('LAST_OWNER')
    expect(refuseRoleChange(manager('owner'), own('owner'), roleOf('owner'), 2, later)).toBeNull()
    expect(refuseRemoval(manager('owner'), until('owner', soon), 1)).toBeNull()
    expect(refuseLeaving({ ...own('owner'), roleExpiresAt: soon }, 1)).toBeNull()
  })
})

test('a custom role with every permission does not make owners', () => {
  const everything = { ...roleOf('owner'), key: 'everything', id: 'rol_x', builtIn: false }
  const actor = { ...manager('owner'), role: everything }
  expect(refuseRoleChange(actor, managed('member'), roleOf('owner'), 2)).toBe('ROLE_ABOVE_ACTOR')
  expect(refuseRoleChange(actor, managed('owner'), roleOf('member'), 2)).toBe('MEMBER_ABOVE_ACTOR')
  expect(refuseRoleChange(actor, managed('member'), everything, 2)).toBeNull()
})
