// Builds what changed since the last time: server/dist, web/dist and the web's GraphQL client.
import { buildAll } from './lib/build.mjs'
import { checkMachine } from './lib/project.mjs'
import { takeChildrenAlong } from './lib/run.mjs'

checkMachine()
const letGo = takeChildrenAlong()
const ok = await buildAll()
letGo()
process.exitCode = ok ? 0 : 1
