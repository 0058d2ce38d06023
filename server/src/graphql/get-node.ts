import { requireActor } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { getAccessToken } from '../access-token/list-access-tokens.ts'
import { getAuditEvent } from '../audit/list-audit-events.ts'
import { notFound } from '../core/errors.ts'
import { type IdPrefix, idPrefix } from '../core/ids.ts'
import { getDomain } from '../domain/manage-domain.ts'
import { getInvitation } from '../invitation/list-invitations.ts'
import { getMembership } from '../membership/list-members.ts'
import { findVisibleOrganization } from '../organization/get-organization.ts'
import { getRole } from '../role/list-roles.ts'
import { getOwnSession } from '../session/own-sessions.ts'
import { getSignInAttempt } from '../sso/list-sign-in-attempts.ts'
import { getSsoConnection } from '../sso/manage-sso-connection.ts'
import { getSsoTest } from '../sso/sso-test/get-sso-test.ts'
import { getUser } from '../viewer/get-user.ts'

type Node = { id: string }

const getters: Partial<Record<IdPrefix, (ctx: RequestContext, id: string) => Promise<Node | null>>> = {
  org: findVisibleOrganization,
  usr: getUser,
  mem: getMembership,
  rol: getRole,
  sso: getSsoConnection,
  tok: getAccessToken,
  aud: getAuditEvent,
  att: getSignInAttempt,
  tst: getSsoTest,
  dom: getDomain,
  inv: getInvitation,
  ses: getOwnSession,
}

/** Whatever has this id, if the actor may see it. @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN */
export async function getNode(ctx: RequestContext, id: string): Promise<Node> {
  requireActor(ctx)
  const prefix = idPrefix(id)
  const node = prefix === null ? null : ((await getters[prefix]?.(ctx, id)) ?? null)
  if (node === null) throw notFound('object')
  return node
}
