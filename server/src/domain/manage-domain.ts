import { authorize, authorizeOwned } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { recordAuditEvent } from '../audit/record-audit-event.ts'
import { minutes, plus } from '../core/clock.ts'
import { conflict, notFound } from '../core/errors.ts'
import { createId } from '../core/ids.ts'
import { randomSecret } from '../core/secrets.ts'
import { checkDomain } from './check-domain.ts'
import { countDomains, deleteDomain, findDomain, insertDomain, listDomains as readDomains } from './domain.store.ts'
import { type DomainView, viewDomain } from './domain-view.ts'
import { parseDomain } from './parse-domain.ts'
import { takenProblem } from './plan-check.ts'

const most = 100

/** The organization's domains, by name. @throws NOT_FOUND, FORBIDDEN */
export async function listDomains(ctx: RequestContext, organizationId: string): Promise<DomainView[]> {
  await authorize(ctx, 'sso:read', organizationId)
  return (await readDomains(ctx.db, organizationId)).map(viewDomain)
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getDomain(ctx: RequestContext, id: string): Promise<DomainView> {
  const { row } = await authorizeOwned(ctx, 'sso:read', 'domain', await findDomain(ctx.db, id))
  return viewDomain(row)
}

/**
 * Puts a domain on the list, with the record that will prove it. Until then it counts for nothing.
 * @throws BAD_USER_INPUT, CONFLICT DOMAIN_EXISTS or TOO_MANY_DOMAINS, NOT_FOUND, FORBIDDEN
 */
export async function addDomain(ctx: RequestContext, organizationId: string, text: string): Promise<DomainView> {
  await authorize(ctx, 'sso:manage', organizationId)
  const name = parseDomain(text)
  const now = ctx.clock.now()
  const row = {
    id: createId('dom', now),
    organizationId,
    name,
    challenge: `gatehouse-verification=${randomSecret()}`,
    verifiedAt: null,
    checkedAt: null,
    dueAt: plus(now, minutes(5)),
    failures: 0,
    absentSince: null,
    problem: null,
    createdAt: now,
  }
  await ctx.db.transaction(async (tx) => {
    if ((await countDomains(tx, organizationId)) >= most) {
      throw conflict('TOO_MANY_DOMAINS', `An organization has ${most} domains at most. Remove one that is not needed.`)
    }
    if (!(await insertDomain(tx, row))) throw conflict('DOMAIN_EXISTS', `${name} is on the list already.`)
    await recordAuditEvent(ctx, tx, organizationId, { type: 'domain.added', details: { domainId: row.id, name } })
  })
  return viewDomain(row)
}

/**
 * Looks the record up now. That it is not there is no error: it stands in `problem`.
 * @throws CONFLICT DOMAIN_TAKEN when the record is there and another organization has proved the domain; RATE_LIMITED,
 * NOT_FOUND, FORBIDDEN
 */
export async function verifyDomain(ctx: RequestContext, id: string): Promise<DomainView> {
  await authorizeOwned(ctx, 'sso:manage', 'domain', await findDomain(ctx.db, id))
  await ctx.limits.consume('domainCheckByActor', actorKey(ctx))
  const checked = await checkDomain(ctx, id)
  if (checked === null) throw notFound('domain')
  // Told to whoever controls the domain's DNS, and to nobody else.
  if (checked.taken) throw conflict('DOMAIN_TAKEN', takenProblem(checked.domain.name))
  return viewDomain(checked.domain)
}

const actorKey = ({ actor }: RequestContext): string =>
  actor.kind === 'user' ? actor.userId : actor.kind === 'accessToken' ? actor.accessTokenId : 'nobody'

/** Takes the domain off the list. @returns its id. @throws NOT_FOUND, FORBIDDEN */
export async function removeDomain(ctx: RequestContext, id: string): Promise<string> {
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'domain', await findDomain(ctx.db, id))
  await ctx.db.transaction(async (tx) => {
    await deleteDomain(tx, row.organizationId, id)
    const details = { domainId: id, name: row.name }
    await recordAuditEvent(ctx, tx, row.organizationId, { type: 'domain.removed', details })
  })
  return id
}
