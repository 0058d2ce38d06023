import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'
import { users } from './users.ts'

export const memberships = pgTable(
  'memberships',
  {
    id: id('id').primaryKey(),
    organizationId: id('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** A role key: owner, admin, member. */
    role: text('role').notNull(),
    /** Where the current role came from: SETUP, MANUAL, INVITATION, JUST_IN_TIME. */
    roleSource: text('role_source').notNull(),
    /** How the person came in, which no later change of the role rewrites: SETUP, INVITATION, SINGLE_SIGN_ON. */
    joinMethod: text('join_method').notNull(),
    joinedAt: instant('joined_at').notNull(),
    /** Not null: the person is shut out, but the role and the history are kept. */
    suspendedAt: instant('suspended_at'),
    lastSignInAt: instant('last_sign_in_at'),
  },
  (table) => [
    unique('memberships_organization_user_unique').on(table.organizationId, table.userId),
    check('memberships_role_known', sql`${table.role} in ('owner', 'admin', 'member')`),
    check(
      'memberships_role_source_known',
      sql`${table.roleSource} in ('SETUP', 'MANUAL', 'INVITATION', 'JUST_IN_TIME')`,
    ),
    check('memberships_join_method_known', sql`${table.joinMethod} in ('SETUP', 'INVITATION', 'SINGLE_SIGN_ON')`),
    index('memberships_organization_id_index').on(table.organizationId, table.id),
    index('memberships_organization_role_index').on(table.organizationId, table.role, table.id),
    index('memberships_user_index').on(table.userId, table.id),
  ],
)
