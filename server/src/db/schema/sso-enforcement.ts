import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'
import { users } from './users.ts'

/**
 * Members enter through the organization's own identity provider only. On trial until an owner has come in that way,
 * fresh; a trial that nobody confirmed in time ends by itself, and the row counts no more.
 */
export const ssoEnforcements = pgTable('sso_enforcements', {
  organizationId: id('organization_id')
    .primaryKey()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  /** Who switched it on. */
  enforcedByUserId: id('enforced_by_user_id').references(() => users.id, { onDelete: 'set null' }),
  /** The session or access token that did: on trial it may still switch it off. It refers to nothing that must exist. */
  enforcedByCredentialId: id('enforced_by_credential_id'),
  enforcedAt: instant('enforced_at').notNull(),
  trialEndsAt: instant('trial_ends_at').notNull(),
  /** When an owner's fresh sign-in confirmed it; null on trial. */
  confirmedAt: instant('confirmed_at'),
})

/** A way in for an owner when the identity provider lets nobody in: each works once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: id('id').primaryKey(),
    organizationId: id('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** The owner who made it, and as whom it lets in. */
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the code, which has 100 random bits. */
    codeHash: text('code_hash').notNull().unique('recovery_codes_code_unique'),
    createdAt: instant('created_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [
    index('recovery_codes_organization_index').on(table.organizationId, table.userId),
    index('recovery_codes_used_index').on(table.organizationId, table.usedAt),
  ],
)
