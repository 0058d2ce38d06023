import { sql } from 'drizzle-orm'
import { check, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

export const organizations = pgTable(
  'organizations',
  {
    id: id('id').primaryKey(),
    /** Lower-case letters, digits and single hyphens; stands in the console's addresses. */
    slug: text('slug').notNull().unique('organizations_slug_unique'),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [check('organizations_slug_format', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)],
)
