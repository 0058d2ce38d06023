// Builds what changed since the last time: server/dist, web/dist and the web's GraphQL client. With names as arguments
// (server, client, web), only those.
import { build, buildAll } from './lib/build.mjs'
import { checkMachine } from './lib/project.mjs'
import { takeChildrenAlong } from './lib/run.mjs'

checkMachine()
const letGo = takeChildrenAlong()
const names = process.argv.slice(2)
let ok = true
for (const name of names) ok = ok && (await build(name))
if (names.length === 0) ok = await buildAll()
letGo()
process.exitCode = ok ? 0 : 1
