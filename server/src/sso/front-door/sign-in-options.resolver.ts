import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { type Entrance, entranceUrl } from './entrance.ts'
import { findSignInOptions } from './find-sign-in-options.ts'
import { SignInOptionsInput } from './sign-in-options.input.ts'
import { SignInOptionsType, SsoEntranceType } from './sign-in-options.type.ts'

@Resolver(() => SsoEntranceType)
export class SignInOptionsResolver {
  @Query(() => SignInOptionsType, {
    description:
      'For anybody: where an e-mail address signs in. Follows from its domain alone, and tells nothing of accounts.',
  })
  signInOptions(@Arg('input', () => SignInOptionsInput) input: SignInOptionsInput, @Ctx() ctx: RequestContext) {
    return findSignInOptions(ctx, input)
  }

  @FieldResolver(() => String, {
    description:
      'The SSO login URL. It tells the identity provider the e-mail address, and leads on to `returnTo`, a path of the console; without one, to the organization.',
  })
  loginUrl(
    @Root() entrance: Entrance,
    @Arg('returnTo', () => String, { nullable: true }) returnTo: string | null | undefined,
    @Ctx() ctx: RequestContext,
  ) {
    return entranceUrl(ctx.publicUrl, entrance, returnTo ?? null)
  }
}
