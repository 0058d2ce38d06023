import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { ssoConnections } from './sso-connections.ts'
import { users } from './users.ts'

/** A link that lets whoever has it set up one connection, which is disabled. A connection has one at most. */
export const setupLinks = pgTable(
  'setup_links',
  {
    id: id('id').primaryKey(),
    connectionId: id('connection_id')
      .notNull()
      .unique('setup_links_connection_unique')
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    /** SHA-256 of the secret in the link. */
    secretHash: text('secret_hash').notNull().unique('setup_links_secret_unique'),
    /** Who answers for it; of an access token, its maker. */
    createdByUserId: id('created_by_user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('setup_links_expires_index').on(table.expiresAt)],
)
