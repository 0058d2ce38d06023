import { sql } from 'drizzle-orm'
import { check, pgTable, text } from 'drizzle-orm/pg-core'
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
  (table) => [check('users_email_lower', sql`${table.email} = lower(${table.email})`)],
)
