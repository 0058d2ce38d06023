import type { Tx } from '../../db/client.ts'
import { deleteMetadataRefresh, replaceMetadataRefresh } from './metadata-refresh.store.ts'

/** In the transaction that saves a connection: metadata with an address of its own is read again from now on. */
export async function scheduleRefresh(
  tx: Tx,
  connectionId: string,
  { from, to }: { from: string | null; to: string | null },
  now: Date,
): Promise<void> {
  if (from === to) return
  if (to === null) await deleteMetadataRefresh(tx, connectionId)
  else await replaceMetadataRefresh(tx, connectionId, now)
}
