import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { completeSetup, createAccessToken } from '../testkit/scenario.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

type Ran = { code: number; out: string; err: string }
const gatehouse = (args: string[], environment: Record<string, string> = {}, cwd = root): Promise<Ran> =>
  new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...environment } }
    execFile(process.execPath, [path.join(root, 'scripts/gatehouse.mjs'), ...args], options, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })

describe('the command gatehouse', () => {
  test('says what there is, without a command and with --help', async () => {
    const without = await gatehouse([])
    expect(without).toMatchObject({ code: 0, err: '' })
    for (const name of ['start', 'apply', 'diff', 'verify-audit-log', 'rotate-encryption-key']) {
      expect(without.out).toContain(`  ${name} `)
    }
    expect(await gatehouse(['--help'])).toEqual(without)
    expect(await gatehouse(['verify-audit-log', '--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('--expect slug=hash'),
    })
  })

  test('names the nearest command to one that there is not', async () => {
    expect(await gatehouse(['aply'])).toEqual({
      code: 64,
      out: '',
      err: 'There is no command aply. Did you mean apply?\n',
    })
    expect(await gatehouse(['destroy-everything'])).toEqual({
      code: 64,
      out: '',
      err: 'There is no command destroy-everything. gatehouse help lists the commands.\n',
    })
  })
})

describe('gatehouse apply', () => {
  let app: TestApp
  let folder: string
  let environment: Record<string, string>
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-command-'))
    app = await startTestApp()
    const { owner, organization } = await completeSetup(app)
    const { secret } = await createAccessToken(owner, organization.id, 'owner')
    environment = { GATEHOUSE_URL: app.origin, GATEHOUSE_TOKEN: secret }
  })
  afterAll(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('makes an organization what a file in the folder of the caller says, and diff agrees', async () => {
    const yaml = 'organization: acme\nroles:\n  - { key: support, name: Support, permissions: [member:read] }\n'
    writeFileSync(path.join(folder, 'organization.yaml'), yaml)
    const args = ['-f', 'organization.yaml']
    expect(await gatehouse(['diff', ...args], environment, folder)).toMatchObject({ code: 2, err: '' })
    expect(await gatehouse(['apply', ...args], environment, folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Done: 1 change.'),
    })
    expect(await gatehouse(['diff', ...args], environment, folder)).toMatchObject({
      code: 0,
      out: 'acme is as the file says: nothing to change.\n',
    })
    expect(await gatehouse(['apply'], environment, folder)).toMatchObject({ code: 1, out: '' })
  })
})
