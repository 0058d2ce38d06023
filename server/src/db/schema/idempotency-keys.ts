import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

/** What a mutation answered that came with an Idempotency-Key, to answer the same again. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** SHA-256 of the credential and the key: nobody else's request meets it. */
    id: id('id').primaryKey(),
    /** SHA-256 of the document, the variables and the operation name. */
    requestHash: text('request_hash').notNull(),
    /** Status and body, sealed, since they may hold a secret; null while the first request runs. */
    sealedAnswer: text('sealed_answer'),
    /** Until then the first request may still be running. */
    lockedUntil: instant('locked_until').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('idempotency_keys_expires_index').on(table.expiresAt)],
)
