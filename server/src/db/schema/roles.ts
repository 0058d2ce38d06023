import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'

/** Custom roles. The built-in ones are in access/permission.ts and have no rows. */
export const roles = pgTable(
  'roles',
  {
    id: id('id').primaryKey(),
    organizationId: id('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** What memberships and access tokens name it by; never changes. */
    key: text('key').notNull(),
    name: text('name').notNull(),
    permissions: text('permissions').array().notNull(),
    /** Raised by one at every change. */
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    unique('roles_organization_key_unique').on(table.organizationId, table.key),
    check('roles_key_custom', sql`${table.key} not in ('owner', 'admin', 'member')`),
  ],
)
