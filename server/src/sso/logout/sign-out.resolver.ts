import { Ctx, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { SignOutPayload } from '../../session/session.type.ts'
import { signOut } from './sign-out.ts'

@Resolver()
export class SignOutResolver {
  @Mutation(() => SignOutPayload, { description: 'Ends the session of this browser.' })
  signOut(@Ctx() ctx: RequestContext) {
    return signOut(ctx)
  }
}
