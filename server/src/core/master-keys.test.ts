import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { addKeyToFile, makeKeyFile, parseMasterKeys, readKeyFile } from './master-keys.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-keys-'))
  file = path.join(folder, 'data', 'encryption-key')
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

describe('ENCRYPTION_KEY', () => {
  const keys = [randomBytes(32), randomBytes(32)]
  const text = keys.map((key) => key.toString('base64'))

  test('is Base64 of 32 bytes, or several with commas or line breaks', () => {
    expect(parseMasterKeys(text[0] ?? '')).toEqual([keys[0]])
    expect(parseMasterKeys(text.join(','))).toEqual(keys)
    expect(parseMasterKeys(` ${text.join(' ,\n')}\n`)).toEqual(keys)
  })

  test.each([
    '',
    'secret',
    'a'.repeat(32),
    Buffer.alloc(31).toString('base64'),
    Buffer.alloc(33).toString('base64'),
    `${Buffer.alloc(32).toString('base64')},short`,
    Buffer.alloc(32).toString('base64').replace('A', '*'),
  ])('is nothing else: %j', (wrong) => {
    expect(parseMasterKeys(wrong)).toBeNull()
  })

  test('that is wrong stops the start with the way to make one, and is not repeated', () => {
    const read = () => readConfig({ ENCRYPTION_KEY: 'my-short-secret' }, 'data')
    expect(read).toThrow('ENCRYPTION_KEY must be Base64 of 32 random bytes')
    expect(read).not.toThrow('my-short-secret')
  })
})

describe('the key file', () => {
  test('is made once, for this user alone', () => {
    expect(readKeyFile(file)).toBeNull()
    const made = makeKeyFile(file)
    expect(makeKeyFile(file)).toEqual(made)
    expect(readKeyFile(file)).toEqual(made)
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    expect(fs.readdirSync(path.dirname(file))).toEqual(['encryption-key'])
  })

  test('is the same for all processes that start at the same moment', async () => {
    const script = `import { makeKeyFile } from ${JSON.stringify(new URL('./master-keys.ts', import.meta.url).href)}
process.stdout.write(makeKeyFile(${JSON.stringify(file)})[0].toString('hex'))`
    const run = () =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        cwd: path.dirname(new URL(import.meta.url).pathname),
      })
    const keys = (await Promise.all([run(), run(), run()])).map(({ stdout }) => stdout)
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(keys).size).toBe(1)
  })

  test('takes a new key in front and keeps the former ones', () => {
    const [former] = makeKeyFile(file)
    const [first, second] = addKeyToFile(file)
    expect(second).toEqual(former)
    expect(first).not.toEqual(former)
    expect(readKeyFile(file)).toEqual([first, second])
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  })

  test('that cannot be made is named, with the two ways out', () => {
    const blocked = path.join(folder, 'blocked')
    fs.writeFileSync(blocked, '')
    expect(() => makeKeyFile(path.join(blocked, 'encryption-key'))).toThrow(
      /cannot be kept in .*Set ENCRYPTION_KEY, or DATA_DIR/,
    )
  })

  test('that is damaged is named, and never replaced', () => {
    makeKeyFile(file)
    fs.writeFileSync(file, 'damaged')
    expect(() => readKeyFile(file)).toThrow(`${file} does not hold an encryption key`)
    expect(() => makeKeyFile(file)).toThrow(file)
    expect(fs.readFileSync(file, 'utf8')).toBe('damaged')
  })
})
