import type { RequestContext } from '../../access/request-context.ts'
import type { Tx } from '../../db/client.ts'
import { findOrganization } from '../../organization/organization.store.ts'
import { adoptSession } from '../../session/adopt-session.ts'
import { findUser } from '../../user/user.store.ts'
import { check } from '../protocol/sign-in-check.ts'
import { findSamlConnection, type SamlConnectionRow } from '../sso-connection.store.ts'
import { findIdentityUserId } from '../sso-identity.store.ts'
import { admitIdentity, type Completion, type Outcome } from './admit-identity.ts'
import { type AwaitedSignIn, confirmationHash } from './ask-to-confirm.ts'
import { lockAsVerified } from './lock-as-verified.ts'
import { isBoundBrowser } from './request-cookie.ts'
import { type Refusal, refuse } from './sign-in-refusal.ts'
import { findCompletion, takeCompletion } from './sign-in-state.store.ts'

type Awaited = { connection: SamlConnectionRow; awaited: AwaitedSignIn; tokenHash: string }

const gone = (ctx: RequestContext): { refusal: Refusal } => ({
  refusal: { reason: 'COMPLETION_EXPIRED', reference: ctx.requestId, connectionId: null },
})

const factsOf = ({ checks, attributes, identity }: AwaitedSignIn) => ({ checks, attributes, email: identity.email })

/** The sign-in that waits under this token for this browser. Too late, or in another browser, it is spent. */
async function findAwaited(ctx: RequestContext, token: unknown): Promise<Awaited | { refusal: Refusal }> {
  const tokenHash = typeof token === 'string' ? confirmationHash(token) : null
  const row = tokenHash === null ? null : await findCompletion(ctx.db, tokenHash)
  const connection = row && (await findSamlConnection(ctx.db, row.connectionId))
  if (tokenHash === null || row === null || connection === null) return gone(ctx)
  // Written by askToConfirm() alone.
  const awaited = row.verified as AwaitedSignIn
  const expired = row.expiresAt <= ctx.clock.now()
  if (!expired && isBoundBrowser(ctx, awaited.browserBindingHash)) return { connection, awaited, tokenHash }
  if ((await takeCompletion(ctx.db, tokenHash)) === null) return gone(ctx)
  const reason = expired ? 'COMPLETION_EXPIRED' : 'REQUEST_FROM_OTHER_BROWSER'
  return { refusal: await refuse(ctx, connection, reason, factsOf(awaited)) }
}

/** What the person is asked to confirm. */
export type Confirmation = {
  organizationName: string
  connectionName: string
  /** Of the account, or what the identity provider says when nobody here is known by the subject yet. */
  email: string
  known: boolean
  /** Whose session in this browser would end; null when there is none, or it is the same person's. */
  signedInAs: string | null
}

/** Looks, and changes nothing: the page may be loaded again. */
export async function readConfirmation(
  ctx: RequestContext,
  token: unknown,
): Promise<{ confirmation: Confirmation } | { refusal: Refusal }> {
  const found = await findAwaited(ctx, token)
  if ('refusal' in found) return found
  const { connection, awaited } = found
  const organization = await findOrganization(ctx.db, connection.organizationId)
  const userId = await findIdentityUserId(ctx.db, connection.id, awaited.identity.subject)
  const user = userId === null ? null : await findUser(ctx.db, userId)
  const other = ctx.actor.kind === 'user' && ctx.actor.userId !== user?.id ? ctx.actor.email : null
  const confirmation = {
    organizationName: organization?.name ?? '',
    connectionName: connection.name,
    email: user?.email ?? awaited.identity.email,
    known: user !== null,
    signedInAs: other,
  }
  return { confirmation }
}

/** The person said yes, in the browser that was asked. Once; they land on the first page, wherever RelayState points. */
export async function confirmLogin(ctx: RequestContext, token: unknown): Promise<Completion> {
  const found = await findAwaited(ctx, token)
  if ('refusal' in found) return found
  const { connection: seen, awaited, tokenHash } = found
  if ((await takeCompletion(ctx.db, tokenHash)) === null) return gone(ctx)
  const expected = 'the person goes on, in the browser that was asked'
  awaited.checks.push(check('confirmation', 'Confirmed by the person', true, expected, 'they went on'))
  const outcome = await ctx.db.transaction(async (tx: Tx): Promise<Outcome> => {
    const locked = await lockAsVerified(ctx, tx, seen, awaited)
    if ('refusal' in locked) return locked
    const way = { browserBindingHash: awaited.browserBindingHash, returnPath: '/' }
    return admitIdentity(ctx, tx, { connection: locked.connection, way, verified: awaited })
  })
  if ('refusal' in outcome) return outcome
  if ('linkToken' in outcome) return { redirectPath: `/link-account?token=${outcome.linkToken}` }
  adoptSession(ctx, outcome.done.user, outcome.done.session)
  return { redirectPath: outcome.done.returnPath }
}

/** The person said no: spent, so that the Back button finds nothing, and recorded, in case somebody tried to trick them. */
export async function cancelLogin(ctx: RequestContext, token: unknown): Promise<Completion> {
  const found = await findAwaited(ctx, token)
  if ('refusal' in found) return found
  if ((await takeCompletion(ctx.db, found.tokenHash)) !== null) {
    const { awaited } = found
    const expected = 'the person goes on, in the browser that was asked'
    awaited.checks.push(check('confirmation', 'Confirmed by the person', false, expected, 'they cancelled'))
    await refuse(ctx, found.connection, 'SIGN_IN_CANCELLED', factsOf(awaited))
  }
  return { redirectPath: '/' }
}
