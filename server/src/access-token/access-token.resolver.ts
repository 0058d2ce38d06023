import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { MembershipType } from '../membership/membership.type.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { PageArgs } from '../relay/connection.type.ts'
import { CreateAccessTokenInput, RevokeAccessTokenInput, TakeOverAccessTokenInput } from './access-token.input.ts'
import {
  AccessTokenConnection,
  AccessTokenPayload,
  AccessTokenType,
  CreateAccessTokenPayload,
  RevokeAccessTokenPayload,
} from './access-token.type.ts'
import { createAccessToken } from './create-access-token.ts'
import { type AccessTokenView, listAccessTokens, listAccessTokensOfMember } from './list-access-tokens.ts'
import { revokeAccessToken } from './revoke-access-token.ts'
import { mayTakeOver, takeOverAccessToken } from './take-over-access-token.ts'

@Resolver(() => OrganizationType)
export class AccessTokenResolver {
  @FieldResolver(() => AccessTokenConnection, { description: 'Newest first. Needs the permission accessToken:read.' })
  accessTokens(
    @Root() organization: OrganizationType,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return listAccessTokens(ctx, organization.id, args)
  }

  @Mutation(() => CreateAccessTokenPayload, {
    description:
      'The secret is shown once. For people: an access token makes no others. Needs the permission accessToken:manage.',
  })
  createAccessToken(
    @Arg('input', () => CreateAccessTokenInput) { organizationId, ...token }: CreateAccessTokenInput,
    @Ctx() ctx: RequestContext,
  ) {
    return createAccessToken(ctx, organizationId, token)
  }

  @Mutation(() => AccessTokenPayload, {
    description:
      'The viewer answers for the token from now on: it stays when whoever made it leaves, and does no more than the viewer may. For people. Needs the permission accessToken:manage, and a role that covers the token’s.',
  })
  async takeOverAccessToken(
    @Arg('input', () => TakeOverAccessTokenInput) input: TakeOverAccessTokenInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { accessToken: await takeOverAccessToken(ctx, input.accessTokenId) }
  }

  @Mutation(() => RevokeAccessTokenPayload, {
    description: 'It counts for nothing from the next request on. Needs the permission accessToken:manage.',
  })
  async revokeAccessToken(
    @Arg('input', () => RevokeAccessTokenInput) input: RevokeAccessTokenInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { revokedAccessTokenId: await revokeAccessToken(ctx, input.accessTokenId) }
  }
}

@Resolver(() => AccessTokenType)
export class AccessTokenFieldsResolver {
  @FieldResolver(() => Boolean, { description: 'takeOverAccessToken would succeed, and change something.' })
  viewerCanTakeOver(@Root() token: AccessTokenView, @Ctx() ctx: RequestContext) {
    return mayTakeOver(ctx, token)
  }
}

@Resolver(() => MembershipType)
export class MembershipAccessTokensResolver {
  @FieldResolver(() => [AccessTokenType], {
    nullable: true,
    description:
      'What the member answers for, oldest first: revoked when they go, unless somebody takes it over. Null without the permission accessToken:read.',
  })
  accessTokens(@Root() membership: { organizationId: string; userId: string }, @Ctx() ctx: RequestContext) {
    return listAccessTokensOfMember(ctx, membership)
  }
}
