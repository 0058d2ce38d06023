// `npm run dev`: the server, reloaded at each save; Vite in front of it; the GraphQL client made anew when a document
// or the schema changes. One Ctrl-C stops all three.
import { watch } from 'node:fs'
import { build } from './lib/build.mjs'
import { followStarter } from './lib/follow-starter.mjs'
import { checkMachine, inRoot } from './lib/project.mjs'
import { start } from './lib/run.mjs'

checkMachine()
followStarter()
const api = process.env.PORT || '4000'
const page = process.env.WEB_PORT || '5173'
// Browsers come by way of Vite, so its address is the one in links, cookies and the Origin check.
const environment = {
  ...process.env,
  PORT: api,
  DEV_API: api,
  // Without a mail server, mail is read at /dev/inbox as it is without PUBLIC_URL, which is set below.
  DEV_INBOX: process.env.DEV_INBOX || (process.env.SMTP_URL || process.env.PUBLIC_URL ? 'off' : 'on'),
  PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${page}`,
}

if (!(await build('client'))) process.exit(1)
regenerateOnSave()
const isWindows = process.platform === 'win32'
// In a process group of its own each, so that Ctrl-C reaches them through this process only, and once.
const options = { env: environment, stdio: ['ignore', 'inherit', 'inherit'], detached: !isWindows }
const programs = [
  start('server', 'tsx', ['watch', '--clear-screen=false', 'src/main.ts'], options),
  start('web', 'vite', ['--port', page, '--strictPort', '--clearScreen', 'false'], options),
]
for (const program of programs) program.once('exit', (code) => stop(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0))

let stopping = false
function stop(code) {
  if (stopping) return
  stopping = true
  const living = programs.filter((program) => program.exitCode === null && program.signalCode === null)
  const ended = living.map((program) => new Promise((resolve) => program.once('exit', resolve)))
  for (const program of living) program.kill('SIGTERM')
  const impatient = setTimeout(() => {
    for (const program of living) killGroup(program)
  }, 15_000)
  void Promise.all(ended).then(() => {
    clearTimeout(impatient)
    process.exit(code)
  })
}

function killGroup(program) {
  try {
    if (isWindows) program.kill('SIGKILL')
    else process.kill(-program.pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}

function regenerateOnSave() {
  let timer
  let work = Promise.resolve()
  const later = (_event, file) => {
    if (file?.replaceAll('\\', '/').startsWith('graphql/generated')) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      work = work.then(() => build('client')).catch((error) => process.stderr.write(`${error}\n`))
    }, 150)
  }
  watch(inRoot('web', 'src'), { recursive: true }, later)
  // The folder, not the file: an editor may replace the file.
  watch(inRoot(), (event, file) => file === 'schema.graphql' && later(event))
}
