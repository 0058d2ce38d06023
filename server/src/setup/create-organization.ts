import { requireUser } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { FieldErrors, forbidden } from '../core/errors.ts'
import { createId } from '../core/ids.ts'
import { ownsAnyOrganization } from '../membership/owner.store.ts'
import { insertOwnerMembership } from '../membership/provision-member.ts'
import { insertOrganization, type OrganizationRow } from '../organization/organization.store.ts'
import { parseOrganizationName, parseSlug } from '../organization/parse-organization.ts'

/**
 * Makes another organization, owned by the person who asks. They own one already, and signed in with their password:
 * a session that an identity provider vouched for could not enter the new organization.
 * @throws UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, CONFLICT SLUG_TAKEN
 */
export async function createOrganization(
  ctx: RequestContext,
  input: { name: string; slug: string },
): Promise<OrganizationRow> {
  const { userId, email, onlyOrganizationId } = requireUser(ctx)
  if (onlyOrganizationId !== null) {
    throw forbidden('organization:create', 'Sign in with your password to make another organization.')
  }
  if (!(await ownsAnyOrganization(ctx.db, userId, ctx.clock.now()))) {
    throw forbidden('organization:create', 'Only owners of an organization may make another one.')
  }
  const errors = new FieldErrors()
  const name = parseOrganizationName(input.name, 'input.name', errors)
  const slug = parseSlug(input.slug, 'input.slug', errors)
  errors.throwIfAny()
  const now = ctx.clock.now()
  const organization = {
    id: createId('org', now),
    slug,
    name,
    createdAt: now,
    sessionIdleMinutes: null,
    sessionLifetimeMinutes: null,
  }
  await ctx.db.transaction(async (tx) => {
    await insertOrganization(tx, organization)
    await recordAuditEvent(ctx, tx, organization.id, { type: 'organization.created', details: { name, slug } })
    await insertOwnerMembership(ctx, tx, organization.id, { id: userId, email })
  })
  return organization
}
