import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { parseEmail } from '../core/email.ts'
import { conflict, FieldErrors } from '../core/errors.ts'
import { createId } from '../core/ids.ts'
import { sha256 } from '../core/secrets.ts'
import { insertOwnerMembership } from '../membership/provision-member.ts'
import { anyOrganizationExists, insertOrganization, type OrganizationRow } from '../organization/organization.store.ts'
import { parseOrganizationName, parseSlug } from '../organization/parse-organization.ts'
import { adoptSession } from '../session/adopt-session.ts'
import { createSession } from '../session/create-session.ts'
import { checkNewPassword, hashPassword } from '../session/password.ts'
import { insertUser, type UserRow } from '../user/user.store.ts'
import { parseUserName } from '../user/user-name.ts'
import { deleteSetupTokens, lockSetup, setupTokenExists } from './setup-token.store.ts'

export type CompleteSetup = {
  setupToken: string
  organizationName: string
  organizationSlug: string
  ownerEmail: string
  ownerName?: string | null
  ownerPassword: string
}

function parse(input: CompleteSetup) {
  const errors = new FieldErrors()
  const name = parseOrganizationName(input.organizationName, 'input.organizationName', errors)
  const slug = parseSlug(input.organizationSlug, 'input.organizationSlug', errors)
  const email = parseEmail(input.ownerEmail)
  if (email === null) {
    errors.add('input.ownerEmail', 'INVALID_EMAIL', 'Enter an e-mail address such as ada@example.com.')
  }
  const ownerName = parseUserName(input.ownerName ?? null, 'input.ownerName', errors)
  checkNewPassword(input.ownerPassword, 'input.ownerPassword', errors)
  errors.throwIfAny()
  return { name, slug, email: email ?? '', ownerName }
}

function checkToken(known: boolean): void {
  const errors = new FieldErrors()
  if (!known) {
    errors.add(
      'input.setupToken',
      'WRONG_SETUP_TOKEN',
      'This setup token is not valid. Use the link that the server printed when it started.',
    )
  }
  errors.throwIfAny()
}

/**
 * The first run: makes the first organization and its owner, and signs the owner in. Works once.
 * @throws BAD_USER_INPUT, CONFLICT SETUP_COMPLETED, RATE_LIMITED
 */
export async function completeSetup(
  ctx: RequestContext,
  input: CompleteSetup,
): Promise<{ organization: OrganizationRow; user: UserRow }> {
  await ctx.limits.consume('setupByAddress', ctx.ipAddress ?? 'unknown')
  if (await anyOrganizationExists(ctx.db)) throw setupCompleted()
  checkToken(await setupTokenExists(ctx.db, sha256(input.setupToken.trim())))
  const parsed = parse(input)
  const passwordHash = await hashPassword(input.ownerPassword)
  const done = await ctx.db.transaction(async (tx) => {
    await lockSetup(tx)
    if (await anyOrganizationExists(tx)) throw setupCompleted()
    const now = ctx.clock.now()
    const organization = {
      id: createId('org', now),
      slug: parsed.slug,
      name: parsed.name,
      createdAt: now,
      sessionIdleMinutes: null,
      sessionLifetimeMinutes: null,
    }
    const user = { id: createId('usr', now), email: parsed.email, name: parsed.ownerName, passwordHash, createdAt: now }
    await insertOrganization(tx, organization)
    await insertUser(tx, user)
    const by = { actor: user.email, actorId: user.id }
    const details = { name: organization.name, slug: organization.slug }
    await recordAuditEvent(ctx, tx, organization.id, { type: 'organization.created', details }, by)
    await insertOwnerMembership(ctx, tx, organization.id, user)
    await deleteSetupTokens(tx)
    const session = await createSession(ctx, tx, { userId: user.id, connection: null })
    return { organization, user, session }
  })
  adoptSession(ctx, done.user, done.session)
  return done
}

const setupCompleted = () => conflict('SETUP_COMPLETED', 'The setup was completed already. Sign in instead.')
