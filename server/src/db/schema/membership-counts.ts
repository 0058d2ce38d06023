import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { id } from './columns.ts'

/**
 * How many memberships an organization has of each role: the sum of its rows. Triggers of `memberships` add a row for
 * each statement that changes it, so that nobody waits for anybody; maintenance adds the rows up. No foreign key:
 * what is written here must never hold up, or be refused to, the change that it counts.
 */
export const membershipCounts = pgTable(
  'membership_counts',
  {
    organizationId: id('organization_id').notNull(),
    role: text('role').notNull(),
    change: integer('change').notNull(),
  },
  (table) => [index('membership_counts_index').on(table.organizationId, table.role)],
)
