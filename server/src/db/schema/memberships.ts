import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'
import { roles } from './roles.ts'
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
    /** A role key: owner, admin, member or that of a custom role. */
    role: text('role').notNull(),
    /** The key again when the role is a custom one: what the foreign key goes by. */
    customRoleKey: text('custom_role_key').generatedAlwaysAs(
      sql`case when role in ('owner', 'admin', 'member') then null else role end`,
    ),
    /** Where the current role came from: SETUP, MANUAL, INVITATION, JUST_IN_TIME, MAPPING, EXPIRY. */
    roleSource: text('role_source').notNull(),
    /** True: somebody chose the role, and no sign-in changes it. */
    rolePinned: boolean('role_pinned').notNull().default(true),
    /** From then on the role is member again, whether or not the job that writes it down has run. */
    roleExpiresAt: instant('role_expires_at'),
    /** How the person came in, which no later change of the role rewrites: SETUP, INVITATION, SINGLE_SIGN_ON. */
    joinMethod: text('join_method').notNull(),
    joinedAt: instant('joined_at').notNull(),
    /** Not null: the person is shut out, but the role and the history are kept. */
    suspendedAt: instant('suspended_at'),
    lastSignInAt: instant('last_sign_in_at'),
  },
  (table) => [
    unique('memberships_organization_user_unique').on(table.organizationId, table.userId),
    foreignKey({
      name: 'memberships_custom_role_fk',
      columns: [table.organizationId, table.customRoleKey],
      foreignColumns: [roles.organizationId, roles.key],
    }),
    check(
      'memberships_role_source_known',
      sql`${table.roleSource} in ('SETUP', 'MANUAL', 'INVITATION', 'JUST_IN_TIME', 'MAPPING', 'EXPIRY')`,
    ),
    check('memberships_join_method_known', sql`${table.joinMethod} in ('SETUP', 'INVITATION', 'SINGLE_SIGN_ON')`),
    index('memberships_organization_id_index').on(table.organizationId, table.id),
    index('memberships_organization_role_index').on(table.organizationId, table.role, table.id),
    index('memberships_user_index').on(table.userId, table.id),
    index('memberships_role_expires_index').on(table.roleExpiresAt).where(sql`${table.roleExpiresAt} is not null`),
  ],
)
