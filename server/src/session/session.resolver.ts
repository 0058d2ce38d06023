import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { SignInInput } from './session.input.ts'
import { SignInPayload, SignOutPayload } from './session.type.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

@Resolver()
export class SessionResolver {
  @Mutation(() => SignInPayload, { description: 'With e-mail address and password.' })
  signIn(@Arg('input', () => SignInInput) input: SignInInput, @Ctx() ctx: RequestContext) {
    return signIn(ctx, input)
  }

  @Mutation(() => SignOutPayload, { description: 'Ends the session of this browser.' })
  signOut(@Ctx() ctx: RequestContext) {
    return signOut(ctx)
  }
}
