import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'
import { ssoConnections } from './sso-connections.ts'
import { users } from './users.ts'

/** The NameID of the assertion that made the session, as it was sent, and the SessionIndex. */
export type SamlSubject = {
  nameId: { value: string; format: string | null; nameQualifier: string | null; spNameQualifier: string | null }
  sessionIndex: string | null
}

/** A browser's proof. The cookie's secret is not here, only its hash. */
export const sessions = pgTable(
  'sessions',
  {
    id: id('id').primaryKey(),
    tokenHash: text('token_hash').notNull().unique('sessions_token_unique'),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The connection it was made through; null for a password. Deleting the connection ends its sessions. */
    connectionId: id('connection_id').references(() => ssoConnections.id, { onDelete: 'cascade' }),
    /** What the identity provider calls this session, for single logout (Core 3.7); null without SAML. */
    samlSubject: jsonb('saml_subject').$type<SamlSubject>(),
    /**
     * The organization whose single sign-on it may repair and nothing else, for a session that a recovery code opened;
     * null for all others.
     */
    recoveryOrganizationId: id('recovery_organization_id').references(() => organizations.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** Absolute end, whatever the activity. */
    expiresAt: instant('expires_at').notNull(),
    /** It also ends so many minutes after its last use. */
    idleMinutes: integer('idle_minutes').notNull().default(1440),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
  },
  (table) => [
    index('sessions_user_index').on(table.userId),
    index('sessions_expires_index').on(table.expiresAt),
    index('sessions_saml_subject_index').on(table.connectionId, sql`(${table.samlSubject} -> 'nameId' ->> 'value')`),
  ],
)
