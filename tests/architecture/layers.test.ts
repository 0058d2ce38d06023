import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../../server/src', import.meta.url))

/** The server's folders from the ground up: one imports from its own row and the rows above. */
const rows = [
  ['core'],
  ['db', 'relay'],
  ['access'],
  ['audit', 'mail'],
  ['user', 'organization', 'idempotency'],
  ['membership', 'role', 'session', 'access-token'],
  ['setup', 'domain', 'sso'],
  ['viewer', 'invitation'],
  ['maintenance', 'graphql'],
  ['http'],
  ['app.ts', 'main.ts', 'rotate-encryption-key.ts', 'verify-audit-log.ts', 'start-problem.ts', 'config.ts'],
]
/** Values that are read once and handed to whoever needs them. */
const anybody = new Set(['config.ts'])

// An import or export statement, or a call of import().
const statement = /^(?:import|export)\b[^'();=]*'([^']+)'|\bimport\('([^']+)'\)/gm

type Import = { file: string; target: string }

function readImports(): Import[] {
  const files = fs.readdirSync(source, { recursive: true, encoding: 'utf8' })
  return files
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(source, file), 'utf8')
      const names = [...text.matchAll(statement)].map((match) => match[1] ?? match[2] ?? '')
      return names.map((name) => ({
        file,
        target: name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name,
      }))
    })
}

const imports = readImports()
const ours = imports.filter(({ target }) => fs.existsSync(path.join(source, target)))
const rowOf = (file: string): number => rows.findIndex((row) => row.includes(file.split('/')[0] ?? ''))
const show = ({ file, target }: Import): string => `${file} imports ${target}`

describe('layers of the server', () => {
  it('has a row for each folder', () => {
    expect(ours.length).toBeGreaterThan(100)
    expect(fs.readdirSync(source).filter((name) => !name.endsWith('.test.ts') && rowOf(name) === -1)).toEqual([])
  })

  it('imports downwards only', () => {
    const upwards = ours.filter(({ file, target }) => !anybody.has(target) && rowOf(target) > rowOf(file))
    expect(upwards.map(show)).toEqual([])
  })

  it('keeps OpenID Connect free of database and accounts, and of the network but by the fetch it is given', () => {
    const protocol = imports.filter(({ file }) => file.startsWith('sso/oidc/'))
    const allowed = /^(sso\/(oidc|protocol)|core)\/|^(node:crypto|openid-client)$/
    expect(protocol.filter(({ target }) => !allowed.test(target)).map(show)).toEqual([])
  })

  it('keeps the protocol free of database, network and accounts', () => {
    const protocol = imports.filter(({ file }) => /^sso\/(saml|protocol)\//.test(file))
    const allowed = /^(sso\/(saml|protocol)|core)\/|^(node:(crypto|fs|module|path|url|zlib)|samlify|libxml2-wasm)$/
    expect(protocol.filter(({ target }) => !allowed.test(target)).map(show)).toEqual([])
  })
})
