import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { id } from './columns.ts'
import { roles } from './roles.ts'
import { ssoConnections } from './sso-connections.ts'

/** Which role a connection gives to whom: the first rule whose attribute has the value counts. */
export const roleMappings = pgTable(
  'role_mappings',
  {
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    /** From 0 on, in the order in which the rules are looked at. */
    position: integer('position').notNull(),
    /** The connection's, for the foreign key to the role. */
    organizationId: id('organization_id').notNull(),
    /** The name of a SAML attribute or of a claim, exactly as it arrives. */
    attribute: text('attribute').notNull(),
    value: text('value').notNull(),
    /** What people call the value, where it is an id such as those of Entra's groups. */
    label: text('label'),
    /** A role key; never owner. */
    role: text('role').notNull(),
    customRoleKey: text('custom_role_key').generatedAlwaysAs(
      sql`case when role in ('admin', 'member') then null else role end`,
    ),
  },
  (table) => [
    primaryKey({ name: 'role_mappings_pk', columns: [table.connectionId, table.position] }),
    foreignKey({
      name: 'role_mappings_custom_role_fk',
      columns: [table.organizationId, table.customRoleKey],
      foreignColumns: [roles.organizationId, roles.key],
    }),
    check('role_mappings_no_owner', sql`${table.role} <> 'owner'`),
    index('role_mappings_role_index').on(table.organizationId, table.role),
  ],
)
