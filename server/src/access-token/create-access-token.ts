import { authorize, authorizeWithin } from '../access/authorize.ts'
import { parseGrantableRole } from '../access/find-roles.ts'
import type { RoleDefinition } from '../access/permission.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { FieldErrors, forbidden } from '../core/errors.ts'
import { createId } from '../core/ids.ts'
import { sha256 } from '../core/secrets.ts'
import type { Tx } from '../db/client.ts'
import { findAccessToken, insertAccessToken } from './access-token.store.ts'
import { type AccessTokenView, viewAccessToken } from './list-access-tokens.ts'
import { createTokenSecret } from './token-secret.ts'

export type NewAccessToken = { name: string; role: string; expiresAt?: Date | null }

async function parse(
  ctx: RequestContext,
  tx: Tx,
  organizationId: string,
  input: NewAccessToken,
): Promise<{ name: string; role: RoleDefinition; expiresAt: Date | null }> {
  const { role: own } = await authorizeWithin(ctx, tx, 'accessToken:manage', organizationId)
  const errors = new FieldErrors()
  const name = input.name.trim()
  if (name === '') errors.add('input.name', 'REQUIRED', 'Give the token a name that says what uses it.')
  if (name.length > 100) errors.add('input.name', 'TOO_LONG', 'Use a name of at most 100 characters.')
  const wanted = { organizationId, key: input.role, path: 'input.role', own }
  const role = await parseGrantableRole(ctx, tx, wanted, errors)
  const expiresAt = input.expiresAt ?? null
  if (expiresAt !== null && !(expiresAt > ctx.clock.now())) {
    errors.add('input.expiresAt', 'NOT_IN_FUTURE', 'Choose a time in the future, or none.')
  }
  errors.throwIfAny()
  return { name, role: role ?? own, expiresAt }
}

/**
 * Makes an access token for automation. Its secret is in this answer and nowhere else: only a hash is kept.
 * A person makes it, who answers for it: it never does more than they may do at the time of use.
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN (also to a token: a leaked one must not outlive its revocation)
 */
export async function createAccessToken(
  ctx: RequestContext,
  organizationId: string,
  input: NewAccessToken,
): Promise<{ accessToken: AccessTokenView; secret: string }> {
  await authorize(ctx, 'accessToken:manage', organizationId)
  const { actor } = ctx
  if (actor.kind !== 'user')
    throw forbidden('accessToken:manage', 'Access tokens are made by people: sign in and make it in the console.')
  await ctx.limits.consume('accessTokenCreatedByActor', actor.userId)
  const now = ctx.clock.now()
  const secret = createTokenSecret()
  const id = createId('tok', now)
  const row = await ctx.db.transaction(async (tx) => {
    const { name, role, expiresAt } = await parse(ctx, tx, organizationId, input)
    await insertAccessToken(tx, {
      id,
      organizationId,
      name,
      role: role.key,
      tokenHash: sha256(secret),
      lastCharacters: secret.slice(-4),
      createdByUserId: actor.userId,
      createdAt: now,
      expiresAt,
      lastUsedAt: null,
    })
    const details = { accessTokenId: id, name, role: role.key }
    await recordAuditEvent(ctx, tx, organizationId, { type: 'accessToken.created', details })
    return findAccessToken(tx, id)
  })
  if (row === null) throw new Error('the access token is gone in the transaction that made it')
  return { accessToken: viewAccessToken(row), secret }
}
