import { listEntrances } from '../../access/enforcement.store.ts'
import { mailDomainOf } from '../../core/domain-name.ts'
import type { Db } from '../../db/client.ts'
import { findUserByEmail } from '../../user/user.store.ts'
import { ownerOfAddress } from '../login/link-by-domain.ts'
import { findConnection, type SsoConnectionRow } from '../sso-connection.store.ts'
import { isKnownToConnection } from '../sso-identity.store.ts'

export type ChosenConnection = { connection: SsoConnectionRow | null; why: string }

/**
 * The connection that somebody with this address comes in through, as the sign-in page leads them (findSignInOptions()),
 * and why. Of several, the one that knows them.
 */
export async function chooseConnection(db: Db, organizationId: string, email: string): Promise<ChosenConnection> {
  const entrances = await listEntrances(db, [organizationId])
  const [first] = entrances
  if (first === undefined) {
    return { connection: null, why: 'no connection is enabled and complete, so nobody comes in by single sign-on' }
  }
  const user = await findUserByEmail(db, email)
  const known = await Promise.all(
    entrances.map(async ({ connectionId }) => user !== null && (await isKnownToConnection(db, connectionId, user.id))),
  )
  const chosen = entrances[known.indexOf(true)] ?? first
  const connection = await findConnection(db, chosen.connectionId)
  return { connection, why: await explain(db, organizationId, email, chosen.connectionName, entrances.length) }
}

async function explain(db: Db, organizationId: string, email: string, name: string, entrances: number) {
  const domain = mailDomainOf(email)
  const owner = await ownerOfAddress(db, organizationId, email)
  const several = entrances > 1 ? `, one of ${entrances} that they choose from` : ''
  if (owner === 'this organization')
    return `${name}${several}: the sign-in page leads there, because ${domain} is verified`
  const page =
    owner === 'another organization'
      ? `the sign-in page leads elsewhere, because another organization has verified ${domain}`
      : `the sign-in page asks for a password, because ${domain} is not verified`
  return `${name}${several}, by its SSO login URL alone: ${page}`
}
