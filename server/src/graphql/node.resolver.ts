import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { NodeType } from '../relay/node.type.ts'
import { getNode } from './get-node.ts'

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: 'NOT_FOUND for what there is not, or is not the actor’s to see.',
  })
  node(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    return getNode(ctx, id)
  }
}
