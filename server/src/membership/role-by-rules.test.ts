import { describe, expect, it } from 'vitest'
import { builtInRole, type RoleDefinition } from '../access/permission.ts'
import { decideRole, type HeldRole, type RoleVerdict } from './role-by-rules.ts'

const [owner, admin, member] = [builtInRole('owner'), builtInRole('admin'), builtInRole('member')]
const support: RoleDefinition = {
  ...member,
  key: 'support',
  name: 'Support',
  builtIn: false,
  permissions: [...member.permissions, 'auditEvent:read'],
}
const holds = (role: RoleDefinition, pinned = false): HeldRole => ({ role, pinned })
const gone = { attribute: 'groups', why: 'did not come' }
const gives = (role: RoleDefinition, unseen: (typeof gone)[] = []): RoleVerdict => ({
  kind: 'APPLIES',
  role,
  rule: 'rule 1 (groups is x)',
  unseen,
})
const unknown: RoleVerdict = { kind: 'UNKNOWN', unseen: [gone] }
const none: RoleVerdict = { kind: 'NONE_APPLIES' }
const keyOf = (verdict: RoleVerdict, held: HeldRole | null) => decideRole(verdict, held).role.key

describe('decideRole', () => {
  it('gives the role of the rule, up and down and sideways', () => {
    expect(keyOf(gives(admin), null)).toBe('admin')
    expect(keyOf(gives(admin), holds(member))).toBe('admin')
    expect(keyOf(gives(support), holds(admin))).toBe('support')
    expect(decideRole(gives(support), holds(admin))).toMatchObject({ byRule: 'rule 1 (groups is x)', frozen: false })
  })

  it('makes a member of whom no rule applies to', () => {
    expect(keyOf(none, null)).toBe('member')
    expect(keyOf(none, holds(admin))).toBe('member')
  })

  it.each([gives(member), none, unknown])('leaves a pinned role and an owner as they are (%#)', (verdict) => {
    expect(decideRole(verdict, holds(admin, true))).toMatchObject({ role: admin, byRule: null, frozen: false })
    expect(decideRole(verdict, holds(owner))).toMatchObject({ role: owner, byRule: null, frozen: false })
  })

  it('freezes the role, and says so, while a claim is missing', () => {
    expect(decideRole(unknown, holds(admin))).toEqual({
      role: admin,
      byRule: null,
      why: 'no rule could be decided: groups did not come',
      frozen: true,
    })
    expect(decideRole(unknown, null)).toMatchObject({ role: member, frozen: true })
  })

  it('lets a later rule raise somebody while an earlier one is undecided, never lower them', () => {
    expect(keyOf(gives(admin, [gone]), holds(support))).toBe('admin')
    expect(keyOf(gives(support, [gone]), null)).toBe('support')
    expect(decideRole(gives(support, [gone]), holds(admin))).toMatchObject({ role: admin, frozen: true })
  })
})
