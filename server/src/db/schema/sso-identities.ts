import { index, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import type { SamlSubject } from './sessions.ts'
import type { AssertedAttribute } from './sign-in-attempts.ts'
import { ssoConnections } from './sso-connections.ts'
import { users } from './users.ts'

/** A person as one connection knows them, keyed by the identity provider's immutable subject, never by e-mail. */
export const ssoIdentities = pgTable(
  'sso_identities',
  {
    id: id('id').primaryKey(),
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    subject: text('subject').notNull(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    unique('sso_identities_connection_subject_unique').on(table.connectionId, table.subject),
    index('sso_identities_user_index').on(table.userId),
  ],
)

/**
 * A verified sign-in whose e-mail address belongs to an existing user. It waits, for ten minutes, until that person
 * proves that they are the same by their password or their open session.
 */
export const ssoPendingLinks = pgTable('sso_pending_links', {
  id: id('id').primaryKey(),
  tokenHash: text('token_hash').notNull().unique('sso_pending_links_token_unique'),
  connectionId: id('connection_id')
    .notNull()
    .references(() => ssoConnections.id, { onDelete: 'cascade' }),
  userId: id('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** SHA-256 of the request cookie of the browser that signed in. */
  browserBindingHash: text('browser_binding_hash').notNull(),
  subject: text('subject').notNull(),
  /** Issuer of the assertion, pinned on the connection when it was unknown. */
  issuer: text('issuer').notNull(),
  returnPath: text('return_path').notNull(),
  /** SessionNotOnOrAfter of the assertion: an upper bound of the session it will make. */
  sessionNotOnOrAfter: instant('session_not_on_or_after'),
  /** What the identity provider calls the session that it will make. */
  samlSubject: jsonb('saml_subject').$type<SamlSubject>(),
  /** What the identity provider said about the person: what the rules for roles look at. */
  attributes: jsonb('attributes').$type<AssertedAttribute[]>().notNull().default([]),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
})
