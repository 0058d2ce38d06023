import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { AccessExplanationType } from './access-explanation.type.ts'
import { explainAccess } from './explain-access.ts'

@Resolver()
export class AccessExplanationResolver {
  @Query(() => AccessExplanationType, {
    description:
      'Whether a member may do something now, and why. `permission` is a noun:verb literal of Organization.permissions. Needs the permission member:read.',
  })
  explainAccess(
    @Arg('membershipId', () => ID) membershipId: string,
    @Arg('permission', () => String) permission: string,
    @Ctx() ctx: RequestContext,
  ) {
    return explainAccess(ctx, membershipId, permission)
  }
}
