import path from 'node:path'
import type { Log } from '../core/log.ts'
import { findBinaries } from './embedded/binaries.ts'
import { ensureCluster, prepareListening, stopOrphan } from './embedded/cluster.ts'
import { placeCluster } from './embedded/placement.ts'
import { takeOwnership } from './embedded/processes.ts'
import { runServer } from './embedded/server.ts'

export type EmbeddedPostgres = { databaseUrl: string; stop(): Promise<void> }

/**
 * A PostgreSQL of our own in `<dataDir>/postgres`, with the database `gatehouse`. It survives the death of either side:
 * one that an earlier Gatehouse left running is replaced, and one that dies is started again.
 * @throws when another live Gatehouse uses the folder, and when PostgreSQL is not ready after 30 seconds.
 */
export async function startEmbeddedPostgres(options: { dataDir: string; log: Log }): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir)
  const undo: (() => void)[] = []
  const undoAll = (): void => {
    for (const step of undo.splice(0).reverse()) step()
  }
  try {
    const { databaseUrl, stopServer } = await start(dataDir, options.log, undo)
    let stopped: Promise<void> | null = null
    const stop = (): Promise<void> => {
      stopped ??= stopServer().finally(undoAll)
      return stopped
    }
    return { databaseUrl, stop }
  } catch (error) {
    undoAll()
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EPERM') throw error
    throw new Error(
      `This user may not use the data folder ${dataDir} (${message}). Start Gatehouse as the user who owns it, or set DATA_DIR to another folder.`,
    )
  }
}

type Started = { databaseUrl: string; stopServer(): Promise<void> }

/** Puts into `undo` what is to be done after PostgreSQL has ended. */
async function start(dataDir: string, log: Log, undo: (() => void)[]): Promise<Started> {
  const placement = placeCluster(dataDir, log)
  const owner = await takeOwnership(path.join(placement.folder, 'postgres.owner'), dataDir)
  undo.push(() => owner.release())
  const binaries = await findBinaries(placement.account, log)
  await stopOrphan(placement.cluster, binaries, log)
  await ensureCluster(placement, binaries)
  const listening = await prepareListening(placement)
  undo.push(() => listening.cleanUp())
  const server = await runServer({ placement, binaries, listening, logFile: path.join(dataDir, 'postgres.log'), log })
  return { databaseUrl: listening.databaseUrl, stopServer: () => server.stop() }
}
