import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A live process. Numbers are given out again, so only number and start together name one. */
type ProcessInfo = { startedAt: string; command: string }

/** @returns null when no such process lives. */
export function inspectProcess(pid: number): ProcessInfo | null {
  try {
    if (process.platform === 'linux') return inspectOnLinux(pid)
    return process.platform === 'win32' ? inspectOnWindows(pid) : inspectWithPs(pid)
  } catch {
    return null
  }
}

function inspectOnLinux(pid: number): ProcessInfo | null {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the name in brackets, which may hold anything; state is the 3rd field, start the 22nd.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  return { startedAt: `${boot}/${fields[19]}`, command }
}

function inspectWithPs(pid: number): ProcessInfo | null {
  const columns = ['-o', 'stat=', '-o', 'lstart=', '-o', 'command=']
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const line = execFileSync('ps', ['-ww', ...columns, '-p', String(pid)], { encoding: 'utf8', env })
  const [, state, startedAt, command] = /^\s*(\S+)\s+(\S+\s+\S+\s+\S+\s+[\d:]+\s+\d+)\s+(.*)$/s.exec(line) ?? []
  if (state === undefined || startedAt === undefined || command === undefined || state.startsWith('Z')) return null
  return { startedAt, command: `${command.trimEnd()} ` }
}

function inspectOnWindows(pid: number): ProcessInfo | null {
  const script = `$p = Get-CimInstance Win32_Process -Filter "ProcessId=${pid}"; $p.CreationDate.Ticks; $p.CommandLine`
  const output = execFileSync('powershell', ['-NoProfile', '-Command', script], { encoding: 'utf8' })
  const [startedAt, command] = output.split(/\r?\n/)
  if (!startedAt) return null
  return { startedAt, command: `${(command ?? '').replaceAll('"', '')} ` }
}

/** @returns whether the process has ended within the time. */
export async function waitForEnd(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (inspectProcess(pid) !== null) {
    if (performance.now() > deadline) return false
    await sleep(20)
  }
  return true
}

type Owner = { pid: number; startedAt: string }

/**
 * Makes this process the owner of what the file stands for, until it releases it or dies.
 * @throws when another live process owns it.
 */
export async function takeOwnership(file: string, dataDir: string): Promise<{ release(): void }> {
  const self: Owner = { pid: process.pid, startedAt: inspectProcess(process.pid)?.startedAt ?? '' }
  for (;;) {
    try {
      fs.writeFileSync(file, JSON.stringify(self), { flag: 'wx', mode: 0o644 })
      return { release: () => fs.rmSync(file, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const owner = await readOwner(file)
    refuseIfAlive(owner, dataDir)
    // Two may find a dead owner at once. Renaming lets one of them win; the check sees a file that is no longer the dead owner's.
    const aside = `${file}.${process.pid}`
    try {
      fs.renameSync(file, aside)
    } catch {
      continue
    }
    const moved = await readOwner(aside)
    if (isAlive(moved)) fs.renameSync(aside, file)
    else fs.rmSync(aside, { force: true })
    refuseIfAlive(moved, dataDir)
  }
}

async function readOwner(file: string): Promise<Owner | null> {
  for (const pause of [50, 0]) {
    try {
      return JSON.parse(fs.readFileSync(file, 'utf8')) as Owner
    } catch {
      // Perhaps its owner is writing it at this moment.
      await sleep(pause)
    }
  }
  return null
}

const isAlive = (owner: Owner | null): owner is Owner =>
  owner !== null && inspectProcess(owner.pid)?.startedAt === owner.startedAt

function refuseIfAlive(owner: Owner | null, dataDir: string): void {
  if (!isAlive(owner)) return
  throw new Error(
    `Another Gatehouse (process ${owner.pid}) uses this data folder, ${dataDir}. Stop it, or set DATA_DIR to another folder.`,
  )
}
