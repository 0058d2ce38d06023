import { Field, ObjectType } from 'type-graphql'
import { DateTime } from '../relay/date-time.ts'
import { NodeType } from '../relay/node.type.ts'

@ObjectType('User', { implements: NodeType, simpleResolvers: true, description: 'A person.' })
export class UserType extends NodeType {
  @Field(() => String, { description: 'In lower case.' })
  email!: string

  @Field(() => String, { nullable: true })
  name!: string | null

  @Field(() => DateTime)
  createdAt!: Date
}
