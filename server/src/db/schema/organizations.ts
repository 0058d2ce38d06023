import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

export const organizations = pgTable(
  'organizations',
  {
    id: id('id').primaryKey(),
    /** Lower-case letters, digits and single hyphens; stands in the console's addresses. */
    slug: text('slug').notNull().unique('organizations_slug_unique'),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Members' sessions end so many minutes after their last use; null: the usual time (session-lifetime.ts). */
    sessionIdleMinutes: integer('session_idle_minutes'),
    /** Members' sessions end so many minutes after they were made, whatever the activity; null: the usual time. */
    sessionLifetimeMinutes: integer('session_lifetime_minutes'),
  },
  (table) => [check('organizations_slug_format', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)],
)
