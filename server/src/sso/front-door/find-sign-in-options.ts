import { findEnforcement, listEntrances } from '../../access/enforcement.store.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { parseEmail } from '../../core/email.ts'
import { badUserInput } from '../../core/errors.ts'
import { findVerifiedDomain } from '../../domain/domain.store.ts'
import { findOrganization } from '../../organization/organization.store.ts'
import { type Entrance, entrancesOf } from './entrance.ts'

export type SignInOptions = { email: string; entrances: Entrance[]; passwordAllowed: boolean }

/**
 * How somebody with this address signs in: through the connections of the organization that has proved its domain, with
 * a password, or either. Follows from the domain alone: no account is looked for, so neither the answer nor its time
 * tells whether there is one.
 * @throws BAD_USER_INPUT on `input.email`, RATE_LIMITED
 */
export async function findSignInOptions(ctx: RequestContext, input: { email: string }): Promise<SignInOptions> {
  await ctx.limits.consume('signInOptionsByAddress', ctx.ipAddress ?? 'unknown')
  const email = parseEmail(input.email)
  if (email === null) {
    const message = 'Enter an e-mail address such as ada@example.com.'
    throw badUserInput([{ path: 'input.email', reason: 'INVALID_EMAIL', message }])
  }
  const domain = await findVerifiedDomain(ctx.db, email.slice(email.lastIndexOf('@') + 1))
  const organization = domain && (await findOrganization(ctx.db, domain.organizationId))
  if (organization === null) return { email, entrances: [], passwordAllowed: true }
  const rows = await listEntrances(ctx.db, [organization.id])
  return {
    email,
    entrances: entrancesOf(organization, rows, email),
    passwordAllowed: (await findEnforcement(ctx.db, organization.id, ctx.clock.now())) === null,
  }
}
