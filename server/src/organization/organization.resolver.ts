import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { findGrant } from '../access/authorize.ts'
import type { RequestContext } from '../access/request-context.ts'
import { RoleType } from '../access/role.type.ts'
import { AuditEventsArgs } from '../audit/audit-event.input.ts'
import { AuditEventConnection } from '../audit/audit-event.type.ts'
import { listAuditEvents } from '../audit/list-audit-events.ts'
import { findVisibleOrganizationBySlug } from './get-organization.ts'
import { OrganizationType } from './organization.type.ts'

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @Query(() => OrganizationType, { nullable: true, description: 'Null when there is none or the actor is not in it.' })
  organization(@Arg('slug', () => String) slug: string, @Ctx() ctx: RequestContext) {
    return findVisibleOrganizationBySlug(ctx, slug)
  }

  @FieldResolver(() => RoleType, { nullable: true, description: "The actor's role here." })
  async viewerRole(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return (await findGrant(ctx, organization.id))?.role ?? null
  }

  @FieldResolver(() => [String], { description: 'What the actor may do here: noun:verb literals.' })
  async viewerPermissions(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return (await findGrant(ctx, organization.id))?.role.permissions ?? []
  }

  @FieldResolver(() => AuditEventConnection, { description: 'Newest first. Needs the permission auditEvent:read.' })
  auditEvents(
    @Root() organization: OrganizationType,
    @Args(() => AuditEventsArgs) args: AuditEventsArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return listAuditEvents(ctx, organization.id, args)
  }
}
