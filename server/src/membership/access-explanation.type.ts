import { Field, ObjectType } from 'type-graphql'
import { MembershipType } from './membership.type.ts'

@ObjectType('AccessReason', {
  simpleResolvers: true,
  description: 'One thing that an answer rests on, in plain words.',
})
export class AccessReasonType {
  @Field(() => String, { description: 'Such as Membership, Role, Permission, Way in.' })
  title!: string

  @Field(() => Boolean, { description: 'False: this is what keeps them from it.' })
  passed!: boolean

  @Field(() => String)
  explanation!: string
}

@ObjectType('AccessExplanation', {
  simpleResolvers: true,
  description: 'Whether a member may do something now, and why.',
})
export class AccessExplanationType {
  @Field(() => MembershipType)
  membership!: MembershipType

  @Field(() => String, { description: 'The noun:verb literal that was asked for.' })
  permission!: string

  @Field(() => Boolean)
  allowed!: boolean

  @Field(() => [AccessReasonType], { description: 'In the order in which they are looked at.' })
  reasons!: AccessReasonType[]
}
