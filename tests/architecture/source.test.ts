import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

function read(...folders: string[]): { file: string; text: string }[] {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
      .filter((file) => /\.tsx?$/.test(file) && !/\/(node_modules|generated)\//.test(file))
      .map((file) => ({ file, text: fs.readFileSync(path.join(root, file), 'utf8') })),
  )
}

/** Longer than others because each is one table. */
const tables = new Set(['server/src/sso/protocol/saml-failures.ts'])

const sources = read('server/src', 'web/src')
const names = (found: { file: string }[]): string[] => found.map(({ file }) => file)

describe('source files', () => {
  it('hold what their name says: none collects exports of others', () => {
    expect(sources.length).toBeGreaterThan(100)
    expect(names(sources.filter(({ file }) => /\/(index|utils|helpers|common)\.tsx?$/.test(file)))).toEqual([])
  })

  it('stay short enough to read at once', () => {
    const long = sources.filter(
      ({ file, text }) => !file.includes('.test.') && text.split('\n').length > 250 && !tables.has(file),
    )
    expect(names(long)).toEqual([])
  })

  it('take the time from the clock that is passed in', () => {
    const server = sources.filter(({ file }) => file.startsWith('server/') && !file.includes('.test.'))
    const reading = server.filter(({ text }) => /new Date\(\s*\)/.test(text))
    expect(names(reading)).toEqual(['server/src/core/clock.ts'])
  })
})
