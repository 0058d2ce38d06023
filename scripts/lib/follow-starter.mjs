import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * `npm start` runs npx, which runs pnpm, which runs us, with shells between. A SIGTERM for npm ends npm alone; so we
 * end, as if it had been sent to us, when one of them is gone. Started in another way, this does nothing.
 */
export function followStarter() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const chain = starters()
  if (chain.length === 0) return
  const timer = setInterval(() => {
    if (process.ppid === chain[0].pid && chain.every(isStillThere)) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  timer.unref()
}

/** Our ancestors up to the uppermost package manager, each with its parent. */
function starters() {
  const chain = []
  let length = 0
  for (let pid = process.ppid; pid > 1 && chain.length < 10; ) {
    const found = inspect(pid)
    if (found === null) break
    const isManager = /(^|\/)(npm|npx|pnpm)\b/.test(found.name)
    if (!isManager && !/(^|\/)-?(sh|bash|dash|zsh)$/.test(found.name)) break
    chain.push({ pid, parent: found.parent })
    if (isManager) length = chain.length
    pid = found.parent
  }
  return chain.slice(0, length)
}

/** An ended process may still have its number, but its children have another parent. */
function isStillThere({ pid, parent }, index, chain) {
  if (index === chain.length - 1) return true
  if (process.platform === 'linux') return inspect(pid)?.parent === parent
  try {
    process.kill(parent, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function inspect(pid) {
  try {
    if (process.platform === 'linux') {
      // The name in parentheses may contain anything; after it come the state and the parent.
      const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
      return { name, parent: Number(parent) }
    }
    const [, parent, name] = /(\d+)\s+(.*)/.exec(
      execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }),
    )
    return { name: name.trim(), parent: Number(parent) }
  } catch {
    return null
  }
}
