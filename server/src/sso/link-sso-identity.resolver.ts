import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { getPendingSsoLink, linkSsoIdentity } from './link-sso-identity.ts'
import { LinkSsoIdentityInput, LinkSsoIdentityPayload, PendingSsoLinkType } from './link-sso-identity.type.ts'

@Resolver()
export class LinkSsoIdentityResolver {
  @Query(() => PendingSsoLinkType, {
    description:
      'What a person is asked to confirm when single sign-on met an existing user with their e-mail address. NOT_FOUND once it expired, was used, or in another browser.',
  })
  pendingSsoLink(@Arg('token', () => String) token: string, @Ctx() ctx: RequestContext) {
    return getPendingSsoLink(ctx, token)
  }

  @Mutation(() => LinkSsoIdentityPayload, {
    description: 'Connects the single sign-on identity to the existing user, with a membership, and signs them in.',
  })
  linkSsoIdentity(@Arg('input', () => LinkSsoIdentityInput) input: LinkSsoIdentityInput, @Ctx() ctx: RequestContext) {
    return linkSsoIdentity(ctx, input.token, input.password ?? null)
  }
}
