import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { getSsoConnection } from '../manage-sso-connection.ts'
import { SsoConnectionType } from '../sso-connection.type.ts'
import type { SsoTestView } from './get-sso-test.ts'
import { SsoTestType, StartTestSignInInput, StartTestSignInPayload } from './sso-test.type.ts'
import { startTestSignIn } from './start-test-sign-in.ts'

@Resolver(() => SsoTestType)
export class SsoTestResolver {
  @Mutation(() => StartTestSignInPayload, {
    description: 'Starts a test of the connection’s present settings, enabled or not. CONFLICT CONNECTION_INCOMPLETE.',
  })
  startTestSignIn(
    @Arg('input', () => StartTestSignInInput) { connectionId }: StartTestSignInInput,
    @Ctx() ctx: RequestContext,
  ) {
    return startTestSignIn(ctx, connectionId)
  }

  @FieldResolver(() => SsoConnectionType)
  connection(@Root() test: SsoTestView, @Ctx() ctx: RequestContext) {
    return getSsoConnection(ctx, test.connectionId)
  }
}
