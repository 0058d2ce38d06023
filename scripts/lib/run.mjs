import { spawn } from 'node:child_process'
import path from 'node:path'
import { inRoot } from './project.mjs'

const isWindows = process.platform === 'win32'
const children = new Set()

/**
 * Starts a program that `workspace` ('.', 'server', 'web' or 'tests') has among its dependencies.
 * @returns {import('node:child_process').ChildProcess}
 */
export function start(workspace, program, args, options = {}) {
  const file = inRoot(workspace, 'node_modules', '.bin', program)
  // On Windows a dependency's program is a .cmd file, which only a shell runs.
  const [command, shell] = isWindows ? [`"${file}.cmd"`, true] : [file, false]
  const child = spawn(command, args, { cwd: inRoot(workspace), shell, stdio: ['ignore', 'pipe', 'pipe'], ...options })
  children.add(child)
  child.once('exit', () => children.delete(child))
  child.once('error', () => children.delete(child))
  return child
}

/** Runs it to its end: whether it succeeded, and all it printed. */
export function run(workspace, program, args, options = {}) {
  return new Promise((resolve) => {
    const child = start(workspace, program, args, options)
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    const finish = (ok, more = '') => resolve({ ok, output: Buffer.concat(output).toString('utf8') + more })
    child.once('error', (error) => finish(false, `${path.basename(program)} did not start: ${error.message}\n`))
    child.once('close', (code) => finish(code === 0))
  })
}

/**
 * Until the returned function is called, a signal to end takes the started programs along.
 * Ctrl-C in a terminal reaches them anyway; a signal from a supervisor reaches only this process.
 */
export function takeChildrenAlong() {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const handlers = signals.map((signal) => {
    const handler = () => {
      for (const child of children) child.kill(signal)
      for (const each of handlers) process.off(each.signal, each.handler)
      process.kill(process.pid, signal)
    }
    process.on(signal, handler)
    return { signal, handler }
  })
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler)
  }
}
