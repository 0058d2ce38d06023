import { describe, expect, it } from 'vitest'
import type { Asserted } from '../protocol/asserted.ts'
import { matchRole, type RoleRule } from './match-role.ts'

const rule = (attribute: string, value: string, role: string, label: string | null = null): RoleRule => ({
  attribute,
  value,
  label,
  role,
})
const said = (name: string, ...values: string[]): Asserted => ({ name, friendlyName: null, values, usedFor: [] })
const rules = [
  rule('role', 'Admin', 'admin'),
  rule('groups', 'g-1', 'support', 'Support'),
  rule('groups', 'g-2', 'admin'),
]
const groupsLink = said('http://schemas.microsoft.com/claims/groups.link', 'https://graph.example/users/1')

describe('matchRole', () => {
  it('takes the first rule that applies, in their order', () => {
    const both = [said('role', 'User'), said('groups', 'g-2', 'g-1')]
    expect(matchRole(rules, both)).toEqual({
      kind: 'APPLIES',
      role: 'support',
      rule: 'rule 2 (groups is Support)',
      unseen: [],
    })
    expect(matchRole(rules, [said('role', 'User', 'Admin'), said('groups')])).toMatchObject({ role: 'admin' })
  })

  it('compares exactly, but for the letter case of a UUID', () => {
    const id = 'A1B2C3D4-0000-4000-8000-00000000ABCD'
    expect(matchRole([rule('groups', id, 'admin')], [said('groups', id.toLowerCase())]).kind).toBe('APPLIES')
    expect(matchRole([rule('groups', 'admins', 'admin')], [said('groups', 'Admins')]).kind).toBe('NONE_APPLIES')
    expect(matchRole([rule('groups', 'admins', 'admin')], [said('Groups', 'admins')]).kind).toBe('UNKNOWN')
  })

  it('looks at all values of a name that comes twice', () => {
    const twice = [said('role', 'x'), said('groups', 'other'), said('groups', 'g-1')]
    expect(matchRole(rules, twice)).toMatchObject({ role: 'support' })
  })

  it('says that none applies only when every attribute came, be it empty', () => {
    expect(matchRole(rules, [said('role', 'User'), said('groups')])).toEqual({ kind: 'NONE_APPLIES' })
    expect(matchRole(rules, [said('role', 'User')])).toEqual({
      kind: 'UNKNOWN',
      unseen: [{ attribute: 'groups', why: 'did not come' }],
    })
  })

  it('names what came before the rule that applies and could not be looked at', () => {
    expect(matchRole(rules, [said('groups', 'g-1')])).toMatchObject({
      role: 'support',
      unseen: [{ attribute: 'role', why: 'did not come' }],
    })
  })

  it.each<[string, Asserted[]]>([
    ['Entra’s link in a SAML assertion', [groupsLink]],
    ['a distributed claim of OpenID Connect', [said('_claim_names', '{"groups":"src1"}')]],
    ['Entra’s hasgroups', [said('hasgroups', 'true')]],
  ])('knows by %s that groups were left out, and not that other claims were', (_, attributes) => {
    const verdict = matchRole(rules, attributes)
    expect(verdict).toMatchObject({
      kind: 'UNKNOWN',
      unseen: [
        { attribute: 'role', why: 'did not come' },
        { attribute: 'groups', why: expect.stringContaining('too many values') },
      ],
    })
  })

  it('does not take what a record leaves out for absent', () => {
    const cut: Asserted = { ...said('groups', 'other'), omitted: 3 }
    expect(matchRole([rule('groups', 'g-1', 'support')], [cut]).kind).toBe('UNKNOWN')
    expect(matchRole([rule('groups', 'other', 'support')], [cut]).kind).toBe('APPLIES')
  })

  it('is not misled by a _claim_names that is no JSON', () => {
    expect(matchRole(rules, [said('_claim_names', 'groups')]).kind).toBe('UNKNOWN')
    expect(matchRole([rule('groups', 'g-1', 'support')], [said('_claim_names', '[')])).toMatchObject({
      unseen: [{ why: 'did not come' }],
    })
  })
})
