import { isSealedWithFirst, type KeyRing, open, seal } from '../core/sealed-box.ts'
import type { Db } from '../db/client.ts'
import { listSealedValues, replaceSealedValue } from './sealed-value.store.ts'

/**
 * Seals every secret anew that an older key sealed. Safe while the server runs: what changed meanwhile is looked at
 * again, until nothing of an older key is left.
 * @returns how many there were.
 */
export async function resealAll(db: Db, ring: KeyRing): Promise<number> {
  let done = 0
  for (;;) {
    const values = await listSealedValues(db)
    const old = values.filter(({ sealed }) => !isSealedWithFirst(ring, sealed))
    if (old.length === 0) return done
    for (const value of old) {
      const next = seal(ring, open(ring, value.sealed, value.place), value.place)
      if (await replaceSealedValue(db, value, next)) done += 1
    }
  }
}
