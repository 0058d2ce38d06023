import { sql } from 'drizzle-orm'
import { foreignKey, index, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'
import { roles } from './roles.ts'
import { users } from './users.ts'

/** An automation client's proof, good for one organization. The secret is not here, only its hash. */
export const accessTokens = pgTable(
  'access_tokens',
  {
    id: id('id').primaryKey(),
    organizationId: id('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** The most it may do; never more than its creator's role at the moment of use. */
    role: text('role').notNull(),
    /** The key again when the role is a custom one: what the foreign key goes by. */
    customRoleKey: text('custom_role_key').generatedAlwaysAs(
      sql`case when role in ('owner', 'admin', 'member') then null else role end`,
    ),
    tokenHash: text('token_hash').notNull().unique('access_tokens_token_unique'),
    /** Last four characters of the secret, to tell tokens apart. */
    lastCharacters: text('last_characters').notNull(),
    createdByUserId: id('created_by_user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [
    foreignKey({
      name: 'access_tokens_custom_role_fk',
      columns: [table.organizationId, table.customRoleKey],
      foreignColumns: [roles.organizationId, roles.key],
    }),
    index('access_tokens_organization_index').on(table.organizationId, table.id),
  ],
)
