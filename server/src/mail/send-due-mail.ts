import { type Clock, days, hours, minutes, plus } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Db } from '../db/client.ts'
import { claimDueMail, deleteMail, type MailRow, putOffMail } from './mail-outbox.store.ts'
import type { SendMail } from './smtp.ts'

/** How long whoever took a mail may need to hand it over. */
const lease = minutes(5)
const patience = days(1)

type Parts = { db: Db; clock: Clock; log: Log; send: SendMail; stopping: AbortSignal }

/**
 * Sends what is due. Safe to run on several replicas at once: each mail is sent by one of them. What the server does
 * not take is tried again after a minute, then each time twice as late up to an hour, and given up after a day.
 */
export async function sendDueMail(parts: Parts): Promise<void> {
  while (!parts.stopping.aborted) {
    const now = parts.clock.now()
    const mail = await claimDueMail(parts.db, now, plus(now, lease))
    if (mail === null) return
    await sendOne(parts, mail)
  }
}

async function sendOne({ db, clock, log, send }: Parts, mail: MailRow): Promise<void> {
  const { id, attempts, createdAt } = mail
  try {
    await send(mail)
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number }
    // Neither the address nor the server's answer, which repeats it.
    const facts = { mail: id, attempts, code, responseCode }
    const now = clock.now()
    if (now >= plus(createdAt, patience)) {
      log.error(facts, 'a mail could not be sent for a day and was given up')
      return deleteMail(db, id)
    }
    log.warn(facts, 'a mail could not be sent; it is tried again')
    return putOffMail(db, id, plus(now, Math.min(hours(1), minutes(1) * 2 ** (attempts - 1))))
  }
  await deleteMail(db, id)
}
