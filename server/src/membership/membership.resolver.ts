import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { RoleType } from '../access/role.type.ts'
import type { OrganizationRow } from '../organization/organization.store.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { changeMemberRole } from './change-member-role.ts'
import { endMemberSessions } from './end-member-sessions.ts'
import { leaveOrganization } from './leave-organization.ts'
import { findViewerMembership, listMembers } from './list-members.ts'
import {
  ChangeMemberRoleInput,
  EndMemberSessionsInput,
  LeaveOrganizationInput,
  MembersArgs,
  RemoveMemberInput,
  SetMemberSuspendedInput,
} from './membership.input.ts'
import {
  EndMemberSessionsPayload,
  LeaveOrganizationPayload,
  MembershipConnection,
  MembershipPayload,
  MembershipType,
  RemoveMemberPayload,
} from './membership.type.ts'
import { findMembershipRights, type MembershipView } from './membership-view.ts'
import { removeMember } from './remove-member.ts'
import { setMemberSuspended } from './set-member-suspended.ts'

@Resolver(() => OrganizationType)
export class OrganizationMembershipsResolver {
  @FieldResolver(() => MembershipType, { nullable: true, description: 'Null for an access token and for nobody.' })
  viewerMembership(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return findViewerMembership(ctx, organization.id)
  }

  @FieldResolver(() => MembershipConnection, {
    description:
      '`query` matches e-mail address and name, case-insensitively, anywhere in the text, lists the newest accounts first, and counts 1,000 at most; `role` is a role key; `usedSso` says whether a connection of the organization knows the member, counts 1,000 at most, and needs the permission sso:read.',
  })
  memberships(
    @Root() organization: OrganizationRow,
    @Args(() => MembersArgs) args: MembersArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return listMembers(ctx, organization, args)
  }
}

@Resolver(() => MembershipType)
export class MembershipResolver {
  @FieldResolver(() => Boolean, { description: 'The viewer may suspend this member, or let them in again, now.' })
  async viewerCanSuspend(@Root() membership: MembershipView, @Ctx() ctx: RequestContext) {
    return (await findMembershipRights(ctx, membership)).canSuspend
  }

  @FieldResolver(() => Boolean, {
    description: "The viewer may remove this member now; for the viewer's own membership, leave.",
  })
  async viewerCanRemove(@Root() membership: MembershipView, @Ctx() ctx: RequestContext) {
    return (await findMembershipRights(ctx, membership)).canRemove
  }

  @FieldResolver(() => Boolean, { description: "The viewer may end this member's sessions now." })
  async viewerCanEndSessions(@Root() membership: MembershipView, @Ctx() ctx: RequestContext) {
    return (await findMembershipRights(ctx, membership)).canEndSessions
  }

  @Mutation(() => EndMemberSessionsPayload, {
    description:
      'Ends the sessions made through the organization’s connections; those by password too when the person can enter no other organization. They may sign in again at once.',
  })
  endMemberSessions(
    @Arg('input', () => EndMemberSessionsInput) { membershipId }: EndMemberSessionsInput,
    @Ctx() ctx: RequestContext,
  ) {
    return endMemberSessions(ctx, membershipId)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why the viewer can change nothing here, in one sentence; null when they can.',
  })
  async viewerRestriction(@Root() membership: MembershipView, @Ctx() ctx: RequestContext) {
    return (await findMembershipRights(ctx, membership)).restriction
  }

  @FieldResolver(() => [RoleType], {
    description:
      'The roles the viewer may give this membership now; the user interface offers these and computes nothing.',
  })
  async assignableRoles(@Root() membership: MembershipView, @Ctx() ctx: RequestContext) {
    return (await findMembershipRights(ctx, membership)).assignableRoles
  }

  @Mutation(() => MembershipPayload, {
    description:
      'Gives a member another role, or other terms with the same; it holds from their next request on. CONFLICT LAST_OWNER. Needs the permission member:changeRole, and a role that covers both the old and the new one.',
  })
  async changeMemberRole(
    @Arg('input', () => ChangeMemberRoleInput) { membershipId, ...change }: ChangeMemberRoleInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { membership: await changeMemberRole(ctx, membershipId, change) }
  }

  @Mutation(() => MembershipPayload, {
    description:
      'Shuts a member out, at once, or lets them in again; role and history stay. CONFLICT LAST_OWNER. Needs the permission member:suspend.',
  })
  async setMemberSuspended(
    @Arg('input', () => SetMemberSuspendedInput) input: SetMemberSuspendedInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { membership: await setMemberSuspended(ctx, input.membershipId, input.suspended) }
  }

  @Mutation(() => RemoveMemberPayload, {
    description:
      'Ends the membership of somebody else, with their sessions here, their access tokens and the invitations they sent. CONFLICT LAST_OWNER. Needs the permission member:remove.',
  })
  async removeMember(@Arg('input', () => RemoveMemberInput) input: RemoveMemberInput, @Ctx() ctx: RequestContext) {
    return { removedMembershipId: await removeMember(ctx, input.membershipId, input.takeOverAccessTokens ?? false) }
  }

  @Mutation(() => LeaveOrganizationPayload, {
    description: 'The viewer leaves the organization. CONFLICT LAST_OWNER for its last owner.',
  })
  async leaveOrganization(
    @Arg('input', () => LeaveOrganizationInput) input: LeaveOrganizationInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { leftOrganizationId: await leaveOrganization(ctx, input.organizationId) }
  }
}
