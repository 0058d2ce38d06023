#!/usr/bin/env node
// `npm run gatehouse -- <command>`, or `npx gatehouse <command>` in this folder: what an operator does, by one name.
import { pathToFileURL } from 'node:url'
import { build } from './lib/build.mjs'
import { checkMachine, inRoot } from './lib/project.mjs'
import { start } from './lib/run.mjs'

/** Wrong usage, as sysexits.h numbers it. */
const wrongUsage = 64

/** Becomes a program of the built server; `failed` is the exit code when it cannot be built. */
const ofServer = (file, failed) => async () => {
  if (!(await build('server'))) process.exit(failed)
  await import(pathToFileURL(inRoot('server', 'dist', file)).href)
}

/** The example client of the API, which is a program of its own. */
const client = (args) =>
  new Promise((resolve) => {
    const child = start('tests', 'tsx', [inRoot('tests', 'automation', 'client', 'process.ts'), ...args], {
      cwd: process.cwd(),
      stdio: 'inherit',
    })
    child.once('error', () => resolve(1))
    child.once('close', (code) => resolve(code ?? 1))
  })

const commands = {
  start: {
    words: 'builds what changed and starts the server, as npm start does',
    run: () => import('./serve.mjs'),
  },
  apply: {
    words: 'makes an organization what a file says: -f organization.yaml [--prune]',
    run: async (args) => process.exit(await client(['apply', ...args])),
  },
  diff: {
    words: 'says what of an organization is not as a file says: -f organization.yaml [--prune]',
    run: async (args) => process.exit(await client(['diff', ...args])),
  },
  'verify-audit-log': {
    words: 'finds what was changed in the audit log behind the server’s back: [--expect slug=hash]',
    run: ofServer('verify-audit-log.js', 2),
  },
  'rotate-encryption-key': {
    words: 'seals every secret in the database with a new key',
    run: ofServer('rotate-encryption-key.js', 1),
  },
}

const help = () =>
  [
    'gatehouse <command>',
    '',
    ...Object.entries(commands).map(([name, { words }]) => `  ${name.padEnd(22)}  ${words}`),
    '',
    'start, verify-audit-log and rotate-encryption-key read the environment that docs/operations.md lists.',
    'apply and diff need GATEHOUSE_URL and GATEHOUSE_TOKEN; docs/guides/automation.md has an example.',
    '',
  ].join('\n')

/** How many single letters lie between two words (Levenshtein). */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [at, against] of [...other].entries()) {
      next.push(Math.min(row[at + 1] + 1, next[at] + 1, row[at] + (letter === against ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1)
}

const [name = 'help', ...args] = process.argv.slice(2)
const asksForHelp = ['help', '--help', '-h'].includes(name)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (asksForHelp) {
  process.stdout.write(help())
} else if (command === undefined) {
  const nearest = Object.keys(commands).find((known) => distance(known, name) <= 3)
  const meant = nearest === undefined ? 'gatehouse help lists the commands.' : `Did you mean ${nearest}?`
  process.stderr.write(`There is no command ${name}. ${meant}\n`)
  process.exit(wrongUsage)
} else if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(`gatehouse ${name}: ${command.words}\n`)
} else {
  checkMachine()
  // What it becomes reads its own arguments.
  process.argv.splice(2, 1)
  await command.run(args)
}
