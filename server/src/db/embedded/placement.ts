import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Log } from '../../core/log.ts'

/** The operating system's user that PostgreSQL runs as when we are root: it refuses to be root itself. */
export type Account = { uid: number; gid: number }

/** `folder` holds the cluster and what belongs to it; `account` is null when PostgreSQL runs as ourselves. */
export type Placement = { folder: string; cluster: string; account: Account | null }

/**
 * Decides where the cluster lies and who runs it. As root that is the user who owns an existing cluster, else
 * `postgres`, else `nobody`; and a place that user cannot reach is exchanged for one it can.
 */
export function placeCluster(dataDir: string, log: Log): Placement {
  const wanted = path.resolve(dataDir)
  if (fs.mkdirSync(wanted, { recursive: true }) !== undefined) fs.chmodSync(wanted, 0o755)
  if (process.getuid?.() !== 0) return placement(wanted, null)

  const account = clusterOwner(placement(wanted, null).cluster) ?? serviceAccount()
  const hasCluster = fs.existsSync(placement(wanted, null).cluster)
  const key = createHash('sha256').update(wanted).digest('hex').slice(0, 16)
  for (const candidate of sharedFolders()) {
    // A cluster that once had to be put elsewhere stays in use, even if the wanted folder has become reachable.
    const owner = clusterOwner(path.join(candidate, key, 'postgres'))
    if (!hasCluster && owner !== null) return elsewhere(path.join(candidate, key), owner, wanted, log)
  }
  if (mayEnter(wanted, account)) return placement(wanted, account)
  if (hasCluster) {
    throw new Error(
      `The user that PostgreSQL runs as (uid ${account.uid}) cannot reach ${wanted}. Let it pass the folders above: chmod o+x.`,
    )
  }
  const folder = path.join(sharedFolder(account), key)
  fs.mkdirSync(folder, { recursive: true })
  fs.chmodSync(folder, 0o755)
  return elsewhere(folder, account, wanted, log)
}

const placement = (folder: string, account: Account | null): Placement => ({
  folder,
  cluster: path.join(folder, 'postgres'),
  account,
})

function elsewhere(folder: string, account: Account, wanted: string, log: Log): Placement {
  log.warn({ wanted, folder }, `the database is in ${folder}, because PostgreSQL's user could not reach ${wanted}`)
  return placement(folder, account)
}

function clusterOwner(cluster: string): Account | null {
  const found = fs.statSync(cluster, { throwIfNoEntry: false })
  return found === undefined || found.uid === 0 ? null : { uid: found.uid, gid: found.gid }
}

function serviceAccount(): Account {
  const id = (flag: string, name: string): number =>
    Number.parseInt(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }), 10)
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', name), gid: id('-g', name) }
    } catch {
      // Not on this machine: the next one.
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". Start Gatehouse as another user.',
  )
}

const sharedFolders = (): string[] => ['/var/lib/gatehouse', path.join(os.tmpdir(), 'gatehouse')]

/** A folder of root's that `account` reaches. */
export function sharedFolder(account: Account): string {
  for (const folder of sharedFolders()) {
    try {
      if (fs.mkdirSync(folder, { recursive: true }) !== undefined) fs.chmodSync(folder, 0o755)
    } catch {
      continue
    }
    const { uid, mode } = fs.lstatSync(folder)
    // Anyone may have made a folder of that name under the temporary folder.
    if (uid === 0 && (mode & 0o022) === 0 && mayEnter(folder, account)) return folder
  }
  throw new Error(
    `Found no folder that PostgreSQL's user (uid ${account.uid}) can reach. Start Gatehouse as another user than root.`,
  )
}

// Asked of the system by trying, so that access control lists count too.
const succeedsAs = (account: Account, script: string, argument: string): boolean =>
  spawnSync('/bin/sh', ['-c', script, 'sh', argument], { ...account, cwd: '/', stdio: 'ignore' }).status === 0

export const mayEnter = (folder: string, account: Account): boolean => succeedsAs(account, 'cd "$1"', folder)
export const mayRead = (file: string, account: Account): boolean => succeedsAs(account, 'test -r "$1" -a -x "$1"', file)

/** Hands `folder` and all in it to `account`, without following links. */
export function giveTo(account: Account, folder: string): void {
  fs.lchownSync(folder, account.uid, account.gid)
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) giveTo(account, name)
    else fs.lchownSync(name, account.uid, account.gid)
  }
}
