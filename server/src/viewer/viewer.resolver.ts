import { Args, Ctx, FieldResolver, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { listMembershipsOfViewer } from '../membership/list-members.ts'
import { MembershipConnection } from '../membership/membership.type.ts'
import { PageArgs } from '../relay/connection.type.ts'
import { listOrganizationsNeedingSso } from '../sso/front-door/list-organizations-needing-sso.ts'
import { OrganizationNeedingSsoType } from '../sso/front-door/sign-in-options.type.ts'
import { findSignedInThrough } from './find-signed-in-through.ts'
import { getViewer } from './get-viewer.ts'
import { getViewerRecovery } from './get-viewer-recovery.ts'
import { RecoverySessionType, ViewerType } from './viewer.type.ts'

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Who is asking. UNAUTHENTICATED when nobody is.' })
  viewer(@Ctx() ctx: RequestContext) {
    return getViewer(ctx)
  }

  @FieldResolver(() => RecoverySessionType, { nullable: true, description: 'Null but for a recovery session.' })
  recovery(@Ctx() ctx: RequestContext) {
    return getViewerRecovery(ctx)
  }

  @FieldResolver(() => MembershipConnection, {
    description: 'The organizations the actor can enter, with its role in each.',
  })
  memberships(@Args(() => PageArgs) args: PageArgs, @Ctx() ctx: RequestContext) {
    return listMembershipsOfViewer(ctx, args)
  }

  @FieldResolver(() => [OrganizationNeedingSsoType], {
    description:
      'Organizations of the viewer that admit single sign-on only, when the session was made with a password; by name.',
  })
  organizationsNeedingSso(@Ctx() ctx: RequestContext) {
    return listOrganizationsNeedingSso(ctx)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The name of the SSO connection that the session was made through; null for all other viewers.',
  })
  signedInThrough(@Ctx() ctx: RequestContext) {
    return findSignedInThrough(ctx)
  }
}
