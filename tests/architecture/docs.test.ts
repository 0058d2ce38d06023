import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { permissions, builtInRoles as roles } from '../../server/src/access/permission.ts'
import { oidcFailures } from '../../server/src/sso/protocol/oidc-failures.ts'
import { samlFailures } from '../../server/src/sso/protocol/saml-failures.ts'
import { signInFailures } from '../../server/src/sso/protocol/sign-in-failure.ts'
import { logoutFailures } from '../../server/src/sso/saml/logout-failure.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8')

const documents = [
  ...fs.readdirSync(root),
  ...fs.readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
]
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => file.endsWith('.md'))

/** The rows of every table in a document, cells trimmed. */
const rowsOf = (file: string): string[][] =>
  read(file)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))

const server = path.join(root, 'server/src')
const sources = fs
  .readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => fs.readFileSync(path.join(server, file), 'utf8'))
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

/** The text between two marks, where a list stands in the code. */
function listIn(file: string, from: string, to: string): string {
  const text = read(file)
  const start = text.indexOf(from)
  expect(start, `${from} in ${file}`).toBeGreaterThan(-1)
  return text.slice(start, text.indexOf(to, start))
}

/** The names that begin a row of a table in the document. */
const namedIn = (file: string): string[] => rowsOf(file).flatMap(([first = '']) => found(first, /^`([^`]+)`$/g))
const missing = (names: Iterable<string>, file: string): string[] => {
  const named = new Set(namedIn(file))
  return [...new Set(names)].filter((name) => !named.has(name))
}

describe('docs/authorization.md', () => {
  it('has the table of access/permission.ts', () => {
    const rows = rowsOf('docs/authorization.md')
    const from = rows.findIndex(([first, second]) => first === 'Permission' && second === roles[0]?.name)
    expect(rows.slice(from, from + permissions.length + 2)).toEqual([
      ['Permission', ...roles.map(({ name }) => name)],
      ['---', ...roles.map(() => '---')],
      ...permissions.map((permission) => [
        `\`${permission}\``,
        ...roles.map((role) => (role.permissions.includes(permission) ? 'yes' : 'no')),
      ]),
    ])
  })
})

describe('docs/errors.md', () => {
  it('has every code, and every reason of a conflict', () => {
    const codes = found(listIn('server/src/core/errors.ts', 'type AppErrorDetails', '/**'), /code: '([A-Z_]+)'/g)
    const ofApollo = found(listIn('server/src/graphql/format-error.ts', 'const apolloCodes', '])'), /'([A-Z_]+)'/g)
    const reasons = found(listIn('server/src/core/errors.ts', 'type ConflictReason', 'type App'), /'([A-Z_]+)'/g)
    expect(Math.min(codes.length, ofApollo.length, reasons.length)).toBeGreaterThan(4)
    expect(missing([...codes, ...ofApollo, ...reasons, 'INTERNAL_SERVER_ERROR'], 'docs/errors.md')).toEqual([])
  })

  it('has every reason for which a field is refused', () => {
    const patterns = [
      /errors\.add\(\s*[^,]+,\s*'([A-Z_]+)'/g,
      /\b(?:unusable|problem)\(\s*'([A-Z_]+)'/g,
      /reason: '([A-Z_]+)',\s*message/g,
    ]
    const reasons = sources.flatMap((text) => patterns.flatMap((pattern) => found(text, pattern)))
    expect(new Set(reasons).size).toBeGreaterThan(40)
    expect(missing(reasons, 'docs/errors.md')).toEqual([])
  })

  it('has every refused logout, as logout-failure.ts says it', () => {
    const rows = rowsOf('docs/errors.md')
    const from = rows.findIndex(([, second]) => second === 'Who fixes it')
    const expected = Object.entries(logoutFailures).map(([reason, { fixedBy, publicMessage }]) => [
      `\`${reason}\``,
      fixedBy,
      publicMessage,
    ])
    expect(rows.slice(from + 2, from + 2 + expected.length + 1)).toEqual([
      ...expected,
      expect.arrayContaining(['HTTP']),
    ])
  })

  it('has every refused sign-in, as sign-in-failure.ts says it', () => {
    const rows = rowsOf('docs/errors.md')
    const from = rows.findIndex(([, second]) => second === 'HTTP')
    expect(rows.slice(from + 2)).toEqual(
      Object.entries(signInFailures).map(([reason, { status, fixedBy, publicMessage }]) => [
        `\`${reason}\``,
        String(status),
        fixedBy,
        publicMessage,
      ]),
    )
  })
})

describe('docs/saml.md', () => {
  it('names every reason for which a sign-in is refused', () => {
    const text = read('docs/saml.md')
    expect(Object.keys(samlFailures).filter((reason) => !text.includes(`\`${reason}\``))).toEqual([])
  })
})

describe('docs/oidc.md', () => {
  it('names every reason that OpenID Connect alone has', () => {
    const text = read('docs/oidc.md')
    expect(Object.keys(oidcFailures).filter((reason) => !text.includes(`\`${reason}\``))).toEqual([])
  })
})

describe('docs/operations.md', () => {
  it('has every environment variable', () => {
    const variables = found(listIn('server/src/config.ts', 'z.object({', '\n})'), /^ {2}([A-Z_]+):/gm)
    expect(variables.length).toBeGreaterThan(8)
    for (const file of ['docs/operations.md', 'README.md']) expect(missing(variables, file)).toEqual([])
  })

  it('has every rate limit with its numbers', () => {
    const limits = listIn('server/src/access/rate-limits.ts', 'const limits', 'as const')
    const expected = [...limits.matchAll(/(\w+): \{ points: (\d+), duration: (\d+) \}/g)].map(
      ([, name, points, duration]) => [`\`${name}\``, points, duration],
    )
    expect(expected.length).toBeGreaterThan(8)
    const rows = rowsOf('docs/operations.md').map((row) => row.slice(0, 3))
    expect(expected.filter((limit) => !rows.some((row) => row.join() === limit.join()))).toEqual([])
  })
})

describe('every document', () => {
  const beside = (file: string, link: string): string => path.join(root, path.dirname(file), link)

  it('links to what is there', () => {
    expect(documents.length).toBeGreaterThan(20)
    const gone = documents.flatMap((file) => {
      const links = found(read(file), /\]\(([^)\s#]+)(?:#[^)]*)?\)/g).filter((link) => !/^[a-z]+:/.test(link))
      return links.filter((link) => !fs.existsSync(beside(file, link))).map((link) => `${file}: ${link}`)
    })
    expect(gone).toEqual([])
  })

  it('names tests that are there', () => {
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)#]+(?:\.test\.tsx?|\/attacks\/[^)#]+\.ts))\)((?:,? “[^”]+”)+)/g)].flatMap(
        ([, test = '', names = '']) => found(names, /“([^”]+)”/g).map((name) => ({ file: beside(file, test), name })),
      ),
    )
    expect(named.length).toBeGreaterThan(100)
    const gone = named.filter(({ file, name }) => !fs.readFileSync(file, 'utf8').includes(`'${name}'`))
    expect(gone).toEqual([])
  })
})
