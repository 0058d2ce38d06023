// `npm run verify-audit-log`: see docs/audit-log.md. With the embedded PostgreSQL, stop the server first.
import { pathToFileURL } from 'node:url'
import { build } from './lib/build.mjs'
import { checkMachine, inRoot } from './lib/project.mjs'

checkMachine()
if (!(await build('server'))) process.exit(2)
await import(pathToFileURL(inRoot('server', 'dist', 'verify-audit-log.js')).href)
