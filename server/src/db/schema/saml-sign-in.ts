import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { ssoConnections } from './sso-connections.ts'

/** An AuthnRequest we sent: answered at most once, by the browser that started it, before it expires. */
export const samlAuthnRequests = pgTable(
  'saml_authn_requests',
  {
    /** The ID attribute of the AuthnRequest. */
    id: text('id').primaryKey(),
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    /** SHA-256 of the request cookie. */
    browserBindingHash: text('browser_binding_hash').notNull(),
    /** Local path where the person wanted to go. */
    returnPath: text('return_path').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    consumedAt: instant('consumed_at'),
    /** When an answer in AES-CBC was decrypted: only one is, so that nobody asks us over and over (login/decryption.ts). */
    decryptionTriedAt: instant('decryption_tried_at'),
    /** The test sign-in it belongs to; null for a sign-in proper. */
    testId: id('test_id'),
  },
  (table) => [index('saml_authn_requests_expires_index').on(table.expiresAt)],
)

/** Assertions that made a session: each counts once until it has expired (Profiles 4.1.4.5). */
export const samlConsumedAssertions = pgTable(
  'saml_consumed_assertions',
  {
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    /** SHA-256 of the assertion's issuer and ID. */
    assertionHash: text('assertion_hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'saml_consumed_assertions_pk', columns: [table.connectionId, table.assertionHash] }),
    index('saml_consumed_assertions_expires_index').on(table.expiresAt),
  ],
)

/**
 * A verified response between the cross-site POST that brought it and the same-site GET that completes the sign-in
 * with the browser's cookie. Lives 60 seconds and is taken once.
 */
export const ssoCompletions = pgTable(
  'sso_completions',
  {
    tokenHash: text('token_hash').primaryKey(),
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    /** The verified facts, and nothing of the message they came in. */
    verified: jsonb('verified').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('sso_completions_expires_index').on(table.expiresAt)],
)

/** A test of a connection: its sign-ins show their trace and let nobody in. */
export const ssoTests = pgTable(
  'sso_tests',
  {
    id: id('id').primaryKey(),
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    /** SHA-256 of the secret in the address that starts it. */
    secretHash: text('secret_hash').notNull().unique('sso_tests_secret_unique'),
    /** The connection's revision when it was started: only a test of the current settings verifies them. */
    revision: integer('revision').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('sso_tests_expires_index').on(table.expiresAt),
    index('sso_tests_connection_index').on(table.connectionId, table.id),
  ],
)

/** How the identity provider answered a LogoutRequest: everything ended, or something of it stayed. */
export type LogoutAnswer = 'success' | 'incomplete'

/** A LogoutRequest we sent: answered at most once, and then finished in the browser that signed out. */
export const samlLogoutRequests = pgTable(
  'saml_logout_requests',
  {
    /** The ID attribute of the LogoutRequest. */
    id: text('id').primaryKey(),
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    /** SHA-256 of the request cookie. */
    browserBindingHash: text('browser_binding_hash').notNull(),
    /** What a signed LogoutResponse said; null until there is one. */
    answer: text('answer').$type<LogoutAnswer>(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('saml_logout_requests_expires_index').on(table.expiresAt)],
)
