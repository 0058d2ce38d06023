import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { ssoConnections } from './sso-connections.ts'

/** An authentication request we sent: answered at most once, by the browser that started it, before it expires. */
export const oidcRequests = pgTable(
  'oidc_requests',
  {
    /** SHA-256 of the `state` parameter. */
    id: text('id').primaryKey(),
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    /** SHA-256 of the request cookie. */
    browserBindingHash: text('browser_binding_hash').notNull(),
    /** What the ID token must carry (OpenID Connect Core 3.1.2.1). */
    nonce: text('nonce').notNull(),
    /** Proof Key for Code Exchange (RFC 7636 4.1). */
    codeVerifier: text('code_verifier').notNull(),
    /** Local path where the person wanted to go. */
    returnPath: text('return_path').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    consumedAt: instant('consumed_at'),
    /** The test sign-in it belongs to; null for a sign-in proper. */
    testId: id('test_id'),
  },
  (table) => [index('oidc_requests_expires_index').on(table.expiresAt)],
)
