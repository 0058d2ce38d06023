import { sql } from 'drizzle-orm'
import { check, index, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

export const users = pgTable(
  'users',
  {
    id: id('id').primaryKey(),
    /** Always in lower case: letter case never tells two people apart. */
    email: text('email').notNull().unique('users_email_unique'),
    name: text('name'),
    /** argon2id in PHC form; null for people who only sign in through single sign-on. */
    passwordHash: text('password_hash'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    check('users_email_lower', sql`${table.email} = lower(${table.email})`),
    // For what is found anywhere in them; the migration makes the extension pg_trgm.
    index('users_email_search_index').using('gin', table.email.op('gin_trgm_ops')),
    index('users_name_search_index').using('gin', table.name.op('gin_trgm_ops')),
  ],
)
