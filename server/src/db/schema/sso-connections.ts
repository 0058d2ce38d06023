import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'

/** What every kind of connection has. The kind's own settings are in a table of their own, one to one. */
export const ssoConnections = pgTable(
  'sso_connections',
  {
    id: id('id').primaryKey(),
    organizationId: id('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    protocol: text('protocol').notNull(),
    name: text('name').notNull(),
    enabled: boolean('enabled').notNull(),
    /** First successful sign-in with the current settings; null again whenever they change. */
    verifiedAt: instant('verified_at'),
    /** Raised by one at every change. */
    revision: integer('revision').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    check('sso_connections_protocol_known', sql`${table.protocol} in ('SAML')`),
    index('sso_connections_organization_index').on(table.organizationId, table.id),
  ],
)

/** SAML 2.0. Everything about the identity provider may be unknown at first. */
export const samlConnections = pgTable('saml_connections', {
  connectionId: id('connection_id')
    .primaryKey()
    .references(() => ssoConnections.id, { onDelete: 'cascade' }),
  /** Our name in this trust: the Issuer of our requests and the Audience we require. */
  spEntityId: text('sp_entity_id').notNull(),
  /** Where AuthnRequests go, by HTTP-Redirect. */
  idpSsoUrl: text('idp_sso_url'),
  /** The Issuer we require; null while unknown. */
  idpEntityId: text('idp_entity_id'),
  /** PEM, one a certificate; responses are verified with any of them. */
  idpCertificates: jsonb('idp_certificates').$type<string[]>().notNull(),
  /** Where the metadata came from, when it came by URL. */
  idpMetadataUrl: text('idp_metadata_url'),
})
