import type { Db } from '../../server/src/db/client.ts'
import { memberships } from '../../server/src/db/schema/memberships.ts'
import { ssoCompletions } from '../../server/src/db/schema/saml-sign-in.ts'
import { sessions } from '../../server/src/db/schema/sessions.ts'
import { signInAttempts } from '../../server/src/db/schema/sign-in-attempts.ts'
import { ssoIdentities, ssoPendingLinks } from '../../server/src/db/schema/sso-identities.ts'
import { users } from '../../server/src/db/schema/users.ts'

const tables = { users, memberships, sessions, ssoIdentities, ssoCompletions, ssoPendingLinks }

/** How many rows there are of all that a sign-in may make. */
export async function countStored(db: Db): Promise<Record<keyof typeof tables, number>> {
  const counts = Object.entries(tables).map(async ([name, table]) => [name, await db.$count(table)] as const)
  return Object.fromEntries(await Promise.all(counts)) as Record<keyof typeof tables, number>
}

export const countAttempts = (db: Db): Promise<number> => db.$count(signInAttempts)
