import { index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Counters of rate-limiter-flexible, in its own column names; shared by all replicas. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text('key').primaryKey(),
    points: integer('points').notNull(),
    expire: timestamp('expire', { mode: 'date' }),
  },
  (table) => [index('rate_limits_expire_index').on(table.expire)],
)
