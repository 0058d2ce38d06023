import { desc, eq, lte } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { organizations } from '../../db/schema/organizations.ts'
import { ssoTests } from '../../db/schema/saml-sign-in.ts'
import { setupLinks } from '../../db/schema/setup-links.ts'
import { ssoConnections } from '../../db/schema/sso-connections.ts'
import { users } from '../../db/schema/users.ts'
import type { SsoTestRow } from '../sso-test/sso-test.store.ts'

type NewSetupLink = typeof setupLinks.$inferSelect

/** With who answers for it and what it is for. */
export type SetupLinkRow = NewSetupLink & {
  createdBy: { email: string; name: string | null }
  organization: { id: string; name: string }
  connectionEnabled: boolean
}

const selectLinks = (db: Db | Tx) =>
  db
    .select({
      link: setupLinks,
      createdBy: { email: users.email, name: users.name },
      organization: { id: organizations.id, name: organizations.name },
      connectionEnabled: ssoConnections.enabled,
    })
    .from(setupLinks)
    .innerJoin(users, eq(users.id, setupLinks.createdByUserId))
    .innerJoin(ssoConnections, eq(ssoConnections.id, setupLinks.connectionId))
    .innerJoin(organizations, eq(organizations.id, ssoConnections.organizationId))

const toRow = ([found]: Awaited<ReturnType<typeof selectLinks>>): SetupLinkRow | null => {
  if (found === undefined) return null
  const { link, ...rest } = found
  return { ...link, ...rest }
}

/** In the place of the one that the connection has. */
export async function replaceSetupLink(tx: Tx, row: NewSetupLink): Promise<void> {
  await deleteSetupLinkOf(tx, row.connectionId)
  await tx.insert(setupLinks).values(row)
}

export const findSetupLinkByHash = async (db: Db, secretHash: string): Promise<SetupLinkRow | null> =>
  toRow(await selectLinks(db).where(eq(setupLinks.secretHash, secretHash)))

export const findSetupLinkOf = async (db: Db | Tx, connectionId: string): Promise<SetupLinkRow | null> =>
  toRow(await selectLinks(db).where(eq(setupLinks.connectionId, connectionId)))

/** @returns true when there was one. */
export async function deleteSetupLinkOf(tx: Tx, connectionId: string): Promise<boolean> {
  const gone = await tx
    .delete(setupLinks)
    .where(eq(setupLinks.connectionId, connectionId))
    .returning({ id: setupLinks.id })
  return gone.length > 0
}

export async function deleteExpiredSetupLinks(db: Db, now: Date): Promise<void> {
  await db.delete(setupLinks).where(lte(setupLinks.expiresAt, now))
}

/** The test that was begun last, by whomever. */
export async function findLastSsoTest(db: Db, connectionId: string): Promise<SsoTestRow | null> {
  const [row] = await db
    .select()
    .from(ssoTests)
    .where(eq(ssoTests.connectionId, connectionId))
    .orderBy(desc(ssoTests.id))
    .limit(1)
  return row ?? null
}
