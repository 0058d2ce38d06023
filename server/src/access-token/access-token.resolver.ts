import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { PageArgs } from '../relay/connection.type.ts'
import { CreateAccessTokenInput, RevokeAccessTokenInput } from './access-token.input.ts'
import { AccessTokenConnection, CreateAccessTokenPayload, RevokeAccessTokenPayload } from './access-token.type.ts'
import { createAccessToken } from './create-access-token.ts'
import { listAccessTokens } from './list-access-tokens.ts'
import { revokeAccessToken } from './revoke-access-token.ts'

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
