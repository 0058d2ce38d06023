import type { Db, Tx } from './client.ts'

type Work = () => Promise<void>

const queues = new WeakMap<Tx, Work[]>()

/**
 * Has `work` done as the last thing of the transaction, after all that the operation does in it. Locks that many
 * transactions want are taken there: they are held for no longer than the commit takes, and nothing is locked after
 * them, so that two transactions cannot wait for one another. When `work` fails, the transaction is rolled back.
 * @throws an Error for a savepoint: what it does may be undone while the transaction goes on.
 */
export function beforeCommit(tx: Tx, work: Work): void {
  const queue = queues.get(tx)
  if (queue === undefined) throw new Error('beforeCommit takes a transaction that connect() knows of, and no savepoint')
  queue.push(work)
}

/** Makes every transaction of `db` do what was put off with beforeCommit. */
export function withBeforeCommit(db: Db): Db {
  const begin = db.transaction.bind(db)
  db.transaction = (work, config) =>
    begin(async (tx) => {
      const queue: Work[] = []
      queues.set(tx, queue)
      const result = await work(tx)
      queues.delete(tx)
      for (const last of queue) await last()
      return result
    }, config)
  return db
}
