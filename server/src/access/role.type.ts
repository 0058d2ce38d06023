import { Field, Int, ObjectType } from 'type-graphql'
import { NodeType } from '../relay/node.type.ts'

@ObjectType('Role', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A named set of permissions. Built in: owner, admin, member; custom ones are the organization’s own.',
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

  @Field(() => Int, {
    nullable: true,
    description:
      'Raised by one at every change; pass it as expectedRevision to refuse a lost update. Null for a built-in role.',
  })
  revision!: number | null
}
