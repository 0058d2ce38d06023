// `npm run bench`: what a sign-in costs, beside the libraries that could do it instead; how organizations of a million
// members behave; what the API costs beside an endpoint written by hand. docs/performance.md says how to choose one of
// them and how to read it. It judges nothing: it is no test.
import { followStarter } from './lib/follow-starter.mjs'
import { checkMachine } from './lib/project.mjs'
import { start, takeChildrenAlong } from './lib/run.mjs'

checkMachine()
followStarter()
takeChildrenAlong()
const bench = start('tests', 'tsx', ['--tsconfig', 'bench/tsconfig.json', 'bench/main.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
bench.once('close', (code) => process.exit(code ?? 1))
