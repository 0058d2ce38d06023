import { describe, expect, test } from 'vitest'
import { nextSteps, type Situation, type Watched } from './next-steps.ts'

const now = Date.parse('2026-12-01T12:00:00Z')
const fine: Watched = {
  id: 'sso_1',
  name: 'Entra',
  enabled: true,
  complete: true,
  verifiedAt: '2026-11-01T00:00:00Z',
  succeeded: 10,
  refused: 1,
  certificateEndsAt: '2028-01-01T00:00:00Z',
  staged: false,
}
const settled: Situation = { connections: [fine], domainProved: true, enforced: true, membersWithoutSso: 0 }
const actions = (situation: Partial<Situation>) =>
  nextSteps({ ...settled, ...situation }, now).map(({ action }) => action)
const withConnection = (change: Partial<Watched>) => actions({ connections: [{ ...fine, ...change }] })

describe('what to do next', () => {
  test('is nothing when all is well', () => {
    expect(actions({})).toEqual([])
  })
  test('begins with a connection', () => {
    expect(actions({ connections: [], domainProved: false, enforced: false, membersWithoutSso: 9 })).toEqual([
      'Connect one',
    ])
  })
  test.each<[Partial<Watched>, string[]]>([
    [{ complete: false, verifiedAt: null }, ['Fill them in']],
    [{ verifiedAt: null }, ['Test it']],
    [{ enabled: false }, ['Look at it']],
    [{ certificateEndsAt: '2026-12-31T00:00:00Z' }, ['Bring the next one']],
    [{ certificateEndsAt: '2026-11-30T00:00:00Z' }, ['Bring the new one']],
    [{ certificateEndsAt: '2026-12-31T00:00:00Z', staged: true }, ['Look at it']],
    [{ succeeded: 1, refused: 3 }, ['See why']],
    [{ succeeded: 0, refused: 2 }, []],
  ])('of a connection with %j: %j', (change, expected) => {
    expect(withConnection(change)).toEqual(expected)
  })
  test('comes to domains, people and the requirement once something works, the urgent first', () => {
    expect(
      actions({
        connections: [fine, { ...fine, id: 'sso_2', verifiedAt: null }],
        domainProved: false,
        enforced: false,
        membersWithoutSso: 3,
      }),
    ).toEqual(['Test it', 'Prove one', 'See who', 'Require single sign-on'])
  })
})
