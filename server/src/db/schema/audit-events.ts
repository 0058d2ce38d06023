import { bigint, index, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'

/** What happened, written in the transaction of the change itself. Rows are only ever added. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: id('id').primaryKey(),
    organizationId: id('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    /** noun.verbed, such as membership.roleChanged. */
    type: text('type').notNull(),
    /** Who did it, as text that stays readable after the person is gone. */
    actor: text('actor').notNull(),
    /** usr_… or tok_…, or null for nobody known. */
    actorId: text('actor_id'),
    /** One sentence for people. */
    summary: text('summary').notNull(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
    requestId: text('request_id').notNull(),
    ipAddress: text('ip_address'),
    /** The place in the organization's chain, from 1. */
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    /** The hash of the event before, null for the first one. */
    previousHash: text('previous_hash'),
    /** Over everything above: audit/audit-chain.ts says how. */
    hash: text('hash').notNull(),
  },
  (table) => [
    index('audit_events_organization_index').on(table.organizationId, table.id),
    unique('audit_events_organization_sequence_unique').on(table.organizationId, table.sequence),
  ],
)
