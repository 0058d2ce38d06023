import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

/** Mail that is to go out, written in the transaction of what it is about. A row goes when it was sent or given up. */
export const mailOutbox = pgTable(
  'mail_outbox',
  {
    id: id('id').primaryKey(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it is tried next. Whoever takes it moves this first, so that no other replica does. */
    dueAt: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [index('mail_outbox_due_index').on(table.dueAt)],
)
