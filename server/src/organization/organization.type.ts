import { Field, ObjectType } from 'type-graphql'
import { DateTime } from '../relay/date-time.ts'
import { NodeType } from '../relay/node.type.ts'

@ObjectType('Organization', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'The customer: owns members, SSO connections and access tokens.',
})
export class OrganizationType extends NodeType {
  @Field(() => String, { description: "Stands in the console's addresses; lower-case letters, digits and hyphens." })
  slug!: string

  @Field(() => String)
  name!: string

  @Field(() => DateTime)
  createdAt!: Date
}
