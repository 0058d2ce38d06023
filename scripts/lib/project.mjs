import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const inRoot = (...parts) => path.join(root, ...parts)
export const cacheFolder = inRoot('.cache')

/** Ends the process with a sentence instead of a stack when this machine cannot run the project. */
export function checkMachine() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    giveUp(`Gatehouse needs Node 20.19 or later; this is Node ${process.versions.node}. Get one at https://nodejs.org.`)
  }
  if (!existsSync(inRoot('node_modules', '.bin'))) {
    giveUp('The dependencies are not installed. `npm start`, `npm test` and `npm run dev` install them first.')
  }
}

function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
