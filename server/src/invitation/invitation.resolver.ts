import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { RoleType } from '../access/role.type.ts'
import { MembershipPayload } from '../membership/membership.type.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { PageArgs } from '../relay/connection.type.ts'
import { acceptInvitation } from './accept-invitation.ts'
import {
  AcceptInvitationInput,
  CreatedInvitationType,
  InvitationConnection,
  InvitationPreviewType,
  InviteMembersInput,
  InviteMembersPayload,
  ResendInvitationInput,
  RevokeInvitationInput,
  RevokeInvitationPayload,
} from './invitation.type.ts'
import { inviteMembers } from './invite-members.ts'
import { listInvitableRoles, listInvitations } from './list-invitations.ts'
import { readInvitation } from './read-invitation.ts'
import { resendInvitation } from './resend-invitation.ts'
import { revokeInvitation } from './revoke-invitation.ts'

@Resolver(() => OrganizationType)
export class InvitationResolver {
  @FieldResolver(() => InvitationConnection, {
    description: 'Those that are open, expired ones included; newest first. Needs the permission member:invite.',
  })
  invitations(
    @Root() organization: OrganizationType,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return listInvitations(ctx, organization.id, args)
  }

  @FieldResolver(() => [RoleType], {
    description: 'The roles that the actor may invite somebody to, highest first; none without member:invite.',
  })
  invitableRoles(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return listInvitableRoles(ctx, organization.id)
  }

  @Query(() => InvitationPreviewType, {
    description: 'For anybody who has the link of an invitation. NOT_FOUND once it expired, was used or revoked.',
  })
  invitation(@Arg('token', () => String) token: string, @Ctx() ctx: RequestContext) {
    return readInvitation(ctx, token)
  }

  @Mutation(() => InviteMembersPayload, {
    description:
      'Somebody who has an invitation already gets a new one in its place. Each link works once, for 48 hours.',
  })
  async inviteMembers(@Arg('input', () => InviteMembersInput) input: InviteMembersInput, @Ctx() ctx: RequestContext) {
    return { invitations: await inviteMembers(ctx, input) }
  }

  @Mutation(() => CreatedInvitationType, {
    description: 'Makes and mails a new link that holds for 48 hours; the earlier one holds no more.',
  })
  resendInvitation(
    @Arg('input', () => ResendInvitationInput) { invitationId }: ResendInvitationInput,
    @Ctx() ctx: RequestContext,
  ) {
    return resendInvitation(ctx, invitationId)
  }

  @Mutation(() => RevokeInvitationPayload, {
    description:
      'Its link lets nobody in any more. Needs the permission member:invite, and a role that covers that of the invitation.',
  })
  async revokeInvitation(
    @Arg('input', () => RevokeInvitationInput) { invitationId }: RevokeInvitationInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { revokedInvitationId: await revokeInvitation(ctx, invitationId) }
  }

  @Mutation(() => MembershipPayload, {
    description:
      'Makes the invited person a member. They are signed in as the invited address, or give a password: then this sets the session cookie. UNAUTHENTICATED SSO_REQUIRED where single sign-on is required; CONFLICT INVITATION_FOR_SOMEBODY_ELSE, NO_WAY_IN.',
  })
  async acceptInvitation(
    @Arg('input', () => AcceptInvitationInput) input: AcceptInvitationInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { membership: await acceptInvitation(ctx, input) }
  }
}
