import { Field, ObjectType } from 'type-graphql'
import { NodeType } from '../relay/node.type.ts'

@ObjectType('Role', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A named set of permissions. Built in: owner, admin, member.',
})
export class RoleType extends NodeType {
  @Field(() => String)
  key!: string

  @Field(() => String)
  name!: string

  @Field(() => Boolean)
  builtIn!: boolean

  @Field(() => [String])
  permissions!: readonly string[]
}
