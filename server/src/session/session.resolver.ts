import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { SignInInput } from './session.input.ts'
import { SignInPayload } from './session.type.ts'
import { signIn } from './sign-in.ts'

@Resolver()
export class SessionResolver {
  @Mutation(() => SignInPayload, { description: 'With e-mail address and password.' })
  signIn(@Arg('input', () => SignInInput) input: SignInInput, @Ctx() ctx: RequestContext) {
    return signIn(ctx, input)
  }
}
