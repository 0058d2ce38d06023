import { boolean, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { ssoConnections } from './sso-connections.ts'
import { users } from './users.ts'

/** What the identity provider said under one name, and what we took from it. */
export type AssertedAttribute = {
  name: string
  friendlyName: string | null
  values: string[]
  usedFor: ('subject' | 'email' | 'name')[]
  /** So many more values came than a record holds; absent: none. */
  omitted?: number
}

/** Every sign-in through a connection, refused ones included, with the checks in the order they ran. */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    /** Shown to the person as the reference. */
    id: id('id').primaryKey(),
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    succeeded: boolean('succeeded').notNull(),
    failureReason: text('failure_reason'),
    /** What the owner can do about it, when the reason alone does not say. */
    advice: text('advice'),
    userId: id('user_id').references(() => users.id, { onDelete: 'set null' }),
    /** The address the identity provider asserted, once its signature held; of a refused attempt, too. */
    email: text('email'),
    checks: jsonb('checks')
      .$type<{ name: string; title: string; passed: boolean; expected: string | null; actual: string | null }[]>()
      .notNull(),
    /** The test sign-in that it was; null for a sign-in proper. */
    testId: id('test_id'),
    /** What the identity provider sent in the signed assertion, for the attribute mapping; null when unverified. */
    attributes: jsonb('attributes').$type<AssertedAttribute[]>(),
  },
  (table) => [index('sign_in_attempts_connection_index').on(table.connectionId, table.id)],
)
