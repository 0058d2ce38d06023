// `npm start`: builds what changed, then becomes the server. There is no second process, so a signal arrives once and
// the exit code is the server's.
import { pathToFileURL } from 'node:url'
import { buildAll } from './lib/build.mjs'
import { followStarter } from './lib/follow-starter.mjs'
import { checkMachine, inRoot } from './lib/project.mjs'
import { takeChildrenAlong } from './lib/run.mjs'

checkMachine()
followStarter()
const letGo = takeChildrenAlong()
if (!(await buildAll())) process.exit(1)
letGo()
process.env.NODE_ENV ??= 'production'
process.setSourceMapsEnabled(true)
await import(pathToFileURL(inRoot('server', 'dist', 'main.js')).href)
