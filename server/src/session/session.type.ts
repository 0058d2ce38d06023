import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '../organization/organization.type.ts'
import { DateTime } from '../relay/date-time.ts'
import { NodeType } from '../relay/node.type.ts'
import { UserType } from '../user/user.type.ts'

@ObjectType('SignInPayload', { simpleResolvers: true, description: 'Sets the session cookie.' })
export class SignInPayload {
  @Field(() => UserType)
  user!: UserType
}

@ObjectType('SignOutPayload', { simpleResolvers: true })
export class SignOutPayload {
  @Field(() => String, {
    nullable: true,
    description: 'Where to send the browser next when the identity provider must be told too.',
  })
  redirectUrl!: string | null
}

enum SessionMethodEnum {
  PASSWORD = 'PASSWORD',
  SINGLE_SIGN_ON = 'SINGLE_SIGN_ON',
  RECOVERY_CODE = 'RECOVERY_CODE',
}
registerEnumType(SessionMethodEnum, { name: 'SessionMethod', description: 'How the person came in.' })

@ObjectType('Session', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A browser in which the viewer is signed in.',
})
export class SessionType extends NodeType {
  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime, { description: 'To the minute.' })
  lastSeenAt!: Date

  @Field(() => DateTime, { description: 'It ends then at the latest.' })
  expiresAt!: Date

  @Field(() => SessionMethodEnum)
  method!: SessionMethodEnum

  @Field(() => String, { nullable: true, description: 'The connection it was made through.' })
  connectionName!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Of the one organization that it enters; null for one by password, which enters all of the person’s.',
  })
  organizationName!: string | null

  @Field(() => String, { nullable: true })
  ipAddress!: string | null

  @Field(() => String, { nullable: true, description: 'As the browser described itself at the sign-in.' })
  userAgent!: string | null

  @Field(() => String, { description: 'The same in plain words, such as “Chrome on Windows”.' })
  browser!: string

  @Field(() => Boolean, { description: 'The one that asks.' })
  current!: boolean
}

@ObjectType('EndSessionPayload', { simpleResolvers: true })
export class EndSessionPayload {
  @Field(() => ID)
  endedSessionId!: string
}

@ObjectType('EndOtherSessionsPayload', { simpleResolvers: true })
export class EndOtherSessionsPayload {
  @Field(() => [ID])
  endedSessionIds!: string[]
}

@ObjectType('SessionPolicy', {
  simpleResolvers: true,
  description: 'How long members’ sessions last, in minutes. Null: the usual time.',
})
export class SessionPolicyType {
  @Field(() => Int, { nullable: true, description: 'After the last use.' })
  idleMinutes!: number | null

  @Field(() => Int, { nullable: true, description: 'After the sign-in, whatever the activity.' })
  lifetimeMinutes!: number | null

  @Field(() => Int)
  usualIdleMinutes!: number

  @Field(() => Int)
  usualLifetimeMinutes!: number
}

@ObjectType('SetSessionPolicyPayload', { simpleResolvers: true })
export class SetSessionPolicyPayload {
  @Field(() => OrganizationType)
  organization!: OrganizationType

  @Field(() => Int, { description: 'So many open sessions ended by it.' })
  endedSessions!: number
}

@ObjectType('SessionPolicyForesight', {
  simpleResolvers: true,
  description: 'What a policy would do to sessions that are open now.',
})
export class SessionPolicyForesightType {
  @Field(() => Int, { description: 'So many would end at once.' })
  endingSessions!: number

  @Field(() => Boolean, { description: 'The session that asks is one of them.' })
  endsOwn!: boolean
}
