import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { simulateSignIn } from './simulate-sign-in.ts'
import { SignInSimulationType, SimulateSignInInput } from './simulate-sign-in.type.ts'

@Resolver()
export class SimulateSignInResolver {
  @Query(() => SignInSimulationType, {
    description:
      'What a sign-in of somebody would do now, and why: which connection, which account, which role. It changes nothing. Needs the permission sso:manage.',
  })
  simulateSignIn(@Arg('input', () => SimulateSignInInput) input: SimulateSignInInput, @Ctx() ctx: RequestContext) {
    return simulateSignIn(ctx, input)
  }
}
