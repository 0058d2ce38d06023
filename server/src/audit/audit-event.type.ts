import { Field, ObjectType } from 'type-graphql'
import { connectionType } from '../relay/connection.type.ts'
import { DateTime } from '../relay/date-time.ts'
import { NodeType } from '../relay/node.type.ts'

@ObjectType('AuditEvent', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'One recorded fact. Events are only ever added.',
})
export class AuditEventType extends NodeType {
  @Field(() => DateTime)
  at!: Date

  @Field(() => String, {
    description: 'noun.verbed, such as ssoConnection.updated, membership.roleChanged, signIn.refused.',
  })
  type!: string

  @Field(() => String, { description: 'Who did it, as it was called then.' })
  actor!: string

  @Field(() => String, { description: 'What happened, in one sentence.' })
  summary!: string

  @Field(() => String, { nullable: true })
  ipAddress!: string | null

  @Field(() => String)
  requestId!: string

  @Field(() => String, {
    description:
      'SHA-256 over the event and the hash of the one before it: kept elsewhere, it shows later whether the log up to here is still the same.',
  })
  hash!: string
}

export const AuditEventConnection = connectionType('AuditEvent', () => AuditEventType)
