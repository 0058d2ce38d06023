import { and, asc, count, eq, isNull, not, type SQL, sql } from 'drizzle-orm'
import { holdsRole, roleKeyAt } from '../../access/role.store.ts'
import type { Db, Tx } from '../../db/client.ts'
import { accessTokens } from '../../db/schema/access-tokens.ts'
import { domains } from '../../db/schema/domains.ts'
import { memberships } from '../../db/schema/memberships.ts'
import { roles } from '../../db/schema/roles.ts'
import { ssoConnections } from '../../db/schema/sso-connections.ts'
import { ssoIdentities } from '../../db/schema/sso-identities.ts'
import { users } from '../../db/schema/users.ts'

/** The organization's enabled connections know the person, as isKnownToConnection() asks. */
const known = (organizationId: string, userId: SQL | typeof memberships.userId): SQL =>
  sql`exists (select 1 from ${ssoIdentities}
    join ${ssoConnections} on ${ssoConnections.id} = ${ssoIdentities.connectionId}
    where ${ssoIdentities.userId} = ${userId} and ${ssoConnections.organizationId} = ${organizationId}
      and ${ssoConnections.enabled})`

const domainOfUser = sql`split_part(${users.email}, '@', 2)`

const provesAny = (organizationId: string): SQL<boolean> =>
  sql<boolean>`exists (select 1 from ${domains}
    where ${domains.organizationId} = ${organizationId} and ${domains.verifiedAt} is not null)`

const proved = (organizationId: string): SQL<boolean> =>
  sql<boolean>`exists (select 1 from ${domains} where ${domains.organizationId} = ${organizationId}
    and ${domains.name} = ${domainOfUser} and ${domains.verifiedAt} is not null)`

const listed = (organizationId: string): SQL<boolean> =>
  sql<boolean>`exists (select 1 from ${domains} where ${domains.organizationId} = ${organizationId}
    and ${domains.name} = ${domainOfUser})`

/** A guest: of another company as Entra writes it, or from outside the domains where the organization has proved some. */
const isGuest = (organizationId: string): SQL<boolean> =>
  sql<boolean>`(${users.email} like '%#ext#%' or (${provesAny(organizationId)} and not ${listed(organizationId)}))`

const isOwnerByPassword = (now: Date): SQL<boolean> =>
  sql<boolean>`(${holdsRole('owner', now)} and ${users.passwordHash} is not null)`

const active = (organizationId: string): SQL | undefined =>
  and(eq(memberships.organizationId, organizationId), isNull(memberships.suspendedAt))

export type LossCounts = {
  members: number
  losing: number
  domainNotVerified: number
  guests: number
  ownersByPassword: number
}

/** How many active members there are, and how many of them would have no way in; in one query. */
export async function countLosses(db: Db | Tx, organizationId: string, now: Date): Promise<LossCounts> {
  const unknown = not(known(organizationId, memberships.userId))
  const counted = (more: SQL) => sql<number>`cast(count(*) filter (where ${unknown} and ${more}) as int)`
  const [row] = await db
    .select({
      members: count(),
      losing: counted(sql`true`),
      domainNotVerified: counted(sql`not ${isGuest(organizationId)} and not ${proved(organizationId)}`),
      guests: counted(isGuest(organizationId)),
      ownersByPassword: counted(isOwnerByPassword(now)),
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(active(organizationId))
  return row ?? { members: 0, losing: 0, domainNotVerified: 0, guests: 0, ownersByPassword: 0 }
}

/** The first of those who would have no way in, owners first. */
export function listLosingMembers(db: Db | Tx, organizationId: string, limit: number, now: Date) {
  return db
    .select({
      id: memberships.id,
      email: users.email,
      name: users.name,
      role: roleKeyAt(now),
      customRole: roles,
      guest: isGuest(organizationId),
      proved: proved(organizationId),
      ownerByPassword: isOwnerByPassword(now),
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(roles, and(eq(roles.organizationId, memberships.organizationId), eq(roles.key, roleKeyAt(now))))
    .where(and(active(organizationId), not(known(organizationId, memberships.userId))))
    .orderBy(sql`${roleKeyAt(now)} <> 'owner'`, asc(memberships.id))
    .limit(limit)
}

const losingTokens = (organizationId: string): SQL | undefined =>
  and(eq(accessTokens.organizationId, organizationId), not(known(organizationId, sql`${accessTokens.createdByUserId}`)))

export async function countLosingTokens(db: Db | Tx, organizationId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(accessTokens).where(losingTokens(organizationId))
  return row?.count ?? 0
}

/** The first tokens whose makers no enabled connection knows. */
export function listLosingTokens(db: Db | Tx, organizationId: string, limit: number) {
  return db
    .select({ id: accessTokens.id, name: accessTokens.name, createdByEmail: users.email })
    .from(accessTokens)
    .innerJoin(users, eq(users.id, accessTokens.createdByUserId))
    .where(losingTokens(organizationId))
    .orderBy(asc(accessTokens.id))
    .limit(limit)
}
