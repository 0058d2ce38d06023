import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { PageArgs } from '../relay/connection.type.ts'
import { UserType } from '../user/user.type.ts'
import { explainWhereToFix, writeToIdpAdministrator } from './explain-attempt.ts'
import {
  getConnectionOfAttempt,
  getUserOfAttempt,
  listSignInAttempts,
  type SignInAttemptView,
} from './list-sign-in-attempts.ts'
import { SignInAttemptConnection, SignInAttemptType } from './sign-in-attempt.type.ts'
import { SsoConnectionType } from './sso-connection.type.ts'

@Resolver(() => SsoConnectionType)
export class SsoConnectionAttemptsResolver {
  @FieldResolver(() => SignInAttemptConnection, { description: 'Every attempt, refused ones included, newest first.' })
  signInAttempts(
    @Root() connection: { id: string; organizationId: string },
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return listSignInAttempts(ctx, connection, args)
  }
}

@Resolver(() => SignInAttemptType)
export class SignInAttemptResolver {
  @FieldResolver(() => UserType, { nullable: true, description: 'Null until the person was known.' })
  user(@Root() attempt: SignInAttemptView, @Ctx() ctx: RequestContext) {
    return getUserOfAttempt(ctx, attempt)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The place in the identity provider’s console, or here, where it is mended, with the exact value of ours that belongs there. Null when nothing is to be set.',
  })
  whereToFix(@Root() attempt: SignInAttemptView, @Ctx() ctx: RequestContext) {
    return explainWhereToFix(ctx, attempt)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A text to send to whoever runs the identity provider: what was expected, what came, where to change it. Null when it succeeded, and when they could do nothing.',
  })
  messageForIdpAdministrator(@Root() attempt: SignInAttemptView, @Ctx() ctx: RequestContext) {
    return writeToIdpAdministrator(ctx, attempt)
  }

  @FieldResolver(() => SsoConnectionType)
  connection(@Root() attempt: SignInAttemptView, @Ctx() ctx: RequestContext) {
    return getConnectionOfAttempt(ctx, attempt)
  }
}
