import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Tokens that may complete the first-run setup. Empty once an organization exists. */
export const setupTokens = pgTable('setup_tokens', {
  tokenHash: text('token_hash').primaryKey(),
  createdAt: instant('created_at').notNull(),
})
