import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'
import { roles } from './roles.ts'
import { users } from './users.ts'

/** An open invitation: it goes when it is accepted or revoked, and a month after it has expired. */
export const invitations = pgTable(
  'invitations',
  {
    id: id('id').primaryKey(),
    organizationId: id('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** In lower case. */
    email: text('email').notNull(),
    /** The role key that accepting gives; never more than the inviter may give at that moment. */
    role: text('role').notNull(),
    /** The key again when the role is a custom one: what the foreign key goes by. */
    customRoleKey: text('custom_role_key').generatedAlwaysAs(
      sql`case when role in ('owner', 'admin', 'member') then null else role end`,
    ),
    /** SHA-256 of the secret in the link. */
    tokenHash: text('token_hash').notNull().unique('invitations_token_unique'),
    /** Who answers for it; of an access token, its maker. */
    invitedByUserId: id('invited_by_user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** When the link that holds now was made. */
    sentAt: instant('sent_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'invitations_custom_role_fk',
      columns: [table.organizationId, table.customRoleKey],
      foreignColumns: [roles.organizationId, roles.key],
    }),
    check('invitations_email_lower', sql`${table.email} = lower(${table.email})`),
    unique('invitations_organization_email_unique').on(table.organizationId, table.email),
    index('invitations_organization_index').on(table.organizationId, table.id),
    index('invitations_expires_index').on(table.expiresAt),
  ],
)
