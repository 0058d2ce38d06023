import { ArgsType, Field, ID } from 'type-graphql'
import { PageArgs } from '../relay/connection.type.ts'
import { DateTime } from '../relay/date-time.ts'

@ArgsType()
export class AuditEventsArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'A type such as membership.roleChanged, or its noun for all of its kind: membership.',
  })
  type?: string | null

  @Field(() => ID, { nullable: true, description: 'The user or access token who did it.' })
  actorId?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Found anywhere in the summary or in what the actor was called, in any letter case.',
  })
  query?: string | null

  @Field(() => DateTime, { nullable: true, description: 'At this time or later.' })
  from?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Before this time.' })
  to?: Date | null
}
