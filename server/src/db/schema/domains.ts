import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'

/** A mail domain that an organization says is its own, and proves by a TXT record in the DNS. */
export const domains = pgTable(
  'domains',
  {
    id: id('id').primaryKey(),
    organizationId: id('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** In lower case, ASCII (Punycode), without a trailing dot. */
    name: text('name').notNull(),
    /** The value that the TXT record at `_gatehouse-challenge.<name>` must have. */
    challenge: text('challenge').notNull(),
    /** Null while it is unproved, and again when the record was gone for too long. */
    verifiedAt: instant('verified_at'),
    checkedAt: instant('checked_at'),
    /** When it is looked up again by itself. One replica takes each that is due. */
    dueAt: instant('due_at').notNull(),
    /** How many lookups in a row did not find the record. */
    failures: integer('failures').notNull().default(0),
    /** Since when the DNS says that there is no such record; null while it is there, or was never looked up. */
    absentSince: instant('absent_since'),
    /** Why the last lookup did not succeed, in a sentence for owners. */
    problem: text('problem'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    check('domains_name_lower', sql`${table.name} = lower(${table.name})`),
    unique('domains_organization_name_unique').on(table.organizationId, table.name),
    // Anybody may say that a domain is theirs; one organization proves it.
    uniqueIndex('domains_verified_name_unique').on(table.name).where(sql`verified_at is not null`),
    index('domains_due_index').on(table.dueAt),
  ],
)
