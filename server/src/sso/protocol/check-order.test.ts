import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkNames, notReachedChecks } from './check-order.ts'
import { check } from './sign-in-check.ts'

const server = fileURLToPath(new URL('../..', import.meta.url))
const sources = fs
  .readdirSync(server, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  // Tables have checks of another kind.
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('db/schema/'))
  .map((file) => fs.readFileSync(path.join(server, file), 'utf8'))

/** Every name that is noted in a trace: by check(), and by the methods of Trace and AssertionChecks that end in it. */
const noted = (text: string): string[] =>
  [...text.matchAll(/(?:(?<![.\w])check|\btrace\.add|#not\w+)\(\s*'(\w+)'/g)].map(([, name = '']) => name)

const ran = (...names: string[]) => names.map((name) => check(name, name, true, null, null))

describe('the order of the checks', () => {
  test('has every check that is noted anywhere, and no other', () => {
    const names = new Set(sources.flatMap(noted))
    expect([...names].sort()).toEqual([...checkNames].sort())
  })

  test('tells what comes after the last one that ran', () => {
    expect(notReachedChecks(ran('message', 'status', 'request', 'browser'))).toEqual(['First use of this assertion'])
    expect(notReachedChecks(ran('firstAnswer'))).toContain('SAML response')
  })

  test('tells it of OpenID Connect in its own order', () => {
    expect(notReachedChecks(ran('state', 'browser', 'discovery', 'answer', 'code')).slice(0, 4)).toEqual([
      'ID token',
      'Signature algorithm',
      'Issuer',
      'Audience',
    ])
    expect(notReachedChecks(ran('state', 'signature', 'subject', 'email', 'name'))).toEqual([])
  })

  test('misses nothing that had no occasion: no browser is bound where the person confirms', () => {
    expect(notReachedChecks(ran('request', 'replay', 'confirmation'))).toEqual([])
    expect(notReachedChecks(ran('account', 'membership'))).toEqual([])
    expect(notReachedChecks([])).toEqual([])
  })
})
