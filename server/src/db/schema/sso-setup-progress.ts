import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { ssoConnections } from './sso-connections.ts'

/** How far somebody has come with the guide of an identity provider: for the person who goes on tomorrow, or another one. */
export const ssoSetupProgress = pgTable('sso_setup_progress', {
  connectionId: id('connection_id')
    .primaryKey()
    .references(() => ssoConnections.id, { onDelete: 'cascade' }),
  /** Which guide the person follows. The guides are the console's: it knows their names and those of their steps. */
  guide: text('guide').notNull(),
  doneSteps: jsonb('done_steps').$type<string[]>().notNull(),
  updatedAt: instant('updated_at').notNull(),
})
