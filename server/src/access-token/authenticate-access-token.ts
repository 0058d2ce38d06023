import type { AccessTokenActor } from '../access/actor.ts'
import { roleOfRow } from '../access/role.store.ts'
import { type Clock, minutes, plus } from '../core/clock.ts'
import { sha256 } from '../core/secrets.ts'
import type { Db } from '../db/client.ts'
import { findAccessTokenByHash, noteAccessTokenUse } from './access-token.store.ts'
import { isTokenSecret } from './token-secret.ts'

const useIsNotedEvery = minutes(1)

/** Whom a bearer secret stands for; null when it is mistyped, unknown, revoked or expired. Notes the use. */
export async function authenticateAccessToken(db: Db, clock: Clock, secret: string): Promise<AccessTokenActor | null> {
  if (!isTokenSecret(secret)) return null
  const token = await findAccessTokenByHash(db, sha256(secret))
  const now = clock.now()
  if (token === null || (token.expiresAt !== null && token.expiresAt <= now)) return null
  const noted = plus(now, -useIsNotedEvery)
  if (token.lastUsedAt === null || token.lastUsedAt < noted) await noteAccessTokenUse(db, token.id, now, noted)
  const { id, name, organizationId, createdByUserId } = token
  const role = roleOfRow(token.role, token.customRole)
  return { kind: 'accessToken', accessTokenId: id, name, organizationId, role, createdByUserId }
}
