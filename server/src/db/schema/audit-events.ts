import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
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
  },
  (table) => [index('audit_events_organization_index').on(table.organizationId, table.id)],
)
