import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { PageArgs } from '../relay/connection.type.ts'
import { findUser } from '../user/user.store.ts'
import { UserType } from '../user/user.type.ts'
import { listSignInAttempts, type SignInAttemptView } from './list-sign-in-attempts.ts'
import { getSsoConnection } from './manage-sso-connection.ts'
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
    return attempt.userId === null ? null : findUser(ctx.db, attempt.userId)
  }

  @FieldResolver(() => SsoConnectionType)
  connection(@Root() attempt: SignInAttemptView, @Ctx() ctx: RequestContext) {
    return getSsoConnection(ctx, attempt.connectionId)
  }
}
