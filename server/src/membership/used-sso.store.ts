import { type SQL, sql } from 'drizzle-orm'
import { memberships } from '../db/schema/memberships.ts'
import { ssoConnections } from '../db/schema/sso-connections.ts'
import { ssoIdentities } from '../db/schema/sso-identities.ts'

/** The member has signed in through a connection of the organization that there still is. */
export const usedSso = (): SQL => sql`exists (select 1 from ${ssoIdentities}
  join ${ssoConnections} on ${ssoConnections.id} = ${ssoIdentities.connectionId}
  where ${ssoIdentities.userId} = ${memberships.userId} and ${ssoConnections.organizationId} = ${memberships.organizationId})`
