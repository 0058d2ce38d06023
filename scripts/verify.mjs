// `npm test`: everything a change must pass. Goes on after a failure, so that one run shows all of them. The last line
// is always `N passed, N failed, N skipped`, where a step without tests counts as one.
import { availableParallelism } from 'node:os'
import { build } from './lib/build.mjs'
import { followStarter } from './lib/follow-starter.mjs'
import { checkMigrations } from './lib/migration-drift.mjs'
import { checkMachine, inRoot } from './lib/project.mjs'
import { run, takeChildrenAlong } from './lib/run.mjs'
import { lanes, step, tally } from './lib/steps.mjs'
import { runTests } from './lib/vitest-run.mjs'

checkMachine()
followStarter()
takeChildrenAlong()
const lane = lanes(Math.min(4, Math.max(2, availableParallelism())))
const check = (name, work) => lane(() => step(name, work))
const checkTypes = (workspace) =>
  check(`types: ${workspace}`, () => run('.', 'tsc', ['-p', inRoot(workspace), '--noEmit']))
const checkBuild = (name, label) =>
  check(label, async () => {
    const output = []
    const ok = await build(name, (sentence) => output.push(sentence))
    return { ok, output: output.join('\n') }
  })

process.stdout.write('\n')
const schema = check('schema.graphql and its reference are what the code says', () =>
  run('server', 'tsx', ['src/graphql/emit-schema.ts', '--check']),
)
const client = checkBuild('client', 'GraphQL client')
await Promise.all([
  schema,
  check('migrations are what the code says', checkMigrations),
  checkTypes('server'),
  checkBuild('server', 'build: server'),
  check('format', () => run('.', 'biome', ['check', '--colors=off', '.'])),
  // These read the generated client.
  client.then(() =>
    Promise.all([
      checkBuild('web', 'build: web console'),
      checkTypes('web'),
      checkTypes('tests'),
      check('lint', () =>
        run('.', 'oxlint', ['--type-aware', '--deny-warnings', 'server/src', 'web/src', 'tests', 'scripts']),
      ),
      check('nothing unused', () => run('.', 'knip', ['--no-progress'])),
    ]),
  ),
])
process.stdout.write('\n')
await step('tests', () => runTests(process.argv.slice(2)))
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`)
process.exit(tally.failed === 0 ? 0 : 1)
