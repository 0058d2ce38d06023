// `npm run rotate-encryption-key`: see docs/operations.md. With the embedded PostgreSQL, stop the server first.
import { pathToFileURL } from 'node:url'
import { build } from './lib/build.mjs'
import { checkMachine, inRoot } from './lib/project.mjs'

checkMachine()
if (!(await build('server'))) process.exit(1)
await import(pathToFileURL(inRoot('server', 'dist', 'rotate-encryption-key.js')).href)
