import { bigint, pgTable, text } from 'drizzle-orm/pg-core'
import { id } from './columns.ts'
import { organizations } from './organizations.ts'

/** Where the chain of an organization's audit events ends. Whoever adds to it locks the row, and so waits its turn. */
export const auditChains = pgTable('audit_chains', {
  organizationId: id('organization_id')
    .primaryKey()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  /** How many events there are: they are numbered from 1, without a gap. */
  lastSequence: bigint('last_sequence', { mode: 'number' }).notNull(),
  lastHash: text('last_hash').notNull(),
  lastId: id('last_id').notNull(),
})
