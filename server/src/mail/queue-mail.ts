import type { RequestContext } from '../access/request-context.ts'
import { days, plus } from '../core/clock.ts'
import { createId } from '../core/ids.ts'
import type { Tx } from '../db/client.ts'
import { insertMail } from './mail-outbox.store.ts'
import { type MailContent, renderMail } from './render-mail.ts'

export type MailContext = Pick<RequestContext, 'clock' | 'publicUrl'> & {
  /** False when the operator has configured no mail: then nothing is queued. */
  sendsMail: boolean
  /** A developer reads here what would be sent: it is kept, and never goes out. */
  devInbox?: boolean
}

/** Mail of the dev inbox: should SMTP be configured later, none of it goes out then. */
const never = days(36_500)

/** Mail to one person, in the transaction of what it is about: it goes out if that is kept, and only then. */
export async function queueMail(ctx: MailContext, tx: Tx, recipient: string, content: MailContent): Promise<void> {
  if (!ctx.sendsMail && ctx.devInbox !== true) return
  const now = ctx.clock.now()
  const { subject } = content
  const rendered = renderMail(content, ctx.publicUrl)
  await insertMail(tx, {
    id: createId('eml', now),
    recipient,
    subject,
    ...rendered,
    createdAt: now,
    dueAt: ctx.sendsMail ? now : plus(now, never),
    attempts: 0,
  })
}
