import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { RoleType } from '../access/role.type.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { connectionType } from '../relay/connection.type.ts'
import { DateTime } from '../relay/date-time.ts'
import { NodeType } from '../relay/node.type.ts'
import { UserType } from '../user/user.type.ts'

export enum RoleSourceEnum {
  SETUP = 'SETUP',
  MANUAL = 'MANUAL',
  INVITATION = 'INVITATION',
  JUST_IN_TIME = 'JUST_IN_TIME',
  EXPIRY = 'EXPIRY',
  MAPPING = 'MAPPING',
}
registerEnumType(RoleSourceEnum, {
  name: 'RoleSource',
  description:
    "Where a membership's role came from; a sign-in never overwrites a role somebody chose. EXPIRY: an earlier role ended. MAPPING: a sign-in gave it, by the rules of its connection (RoleMapping).",
})

export enum JoinMethodEnum {
  SETUP = 'SETUP',
  INVITATION = 'INVITATION',
  SINGLE_SIGN_ON = 'SINGLE_SIGN_ON',
}
registerEnumType(JoinMethodEnum, { name: 'JoinMethod', description: 'How a person became a member.' })

@ObjectType('Membership', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A person in an organization: with which role, since when, and what the viewer may do with it.',
})
export class MembershipType extends NodeType {
  @Field(() => UserType)
  user!: UserType

  @Field(() => OrganizationType)
  organization!: OrganizationType

  @Field(() => RoleType)
  role!: RoleType

  @Field(() => RoleSourceEnum)
  roleSource!: RoleSourceEnum

  @Field(() => Boolean, { description: 'Somebody chose the role: sign-ins leave it as it is.' })
  rolePinned!: boolean

  @Field(() => DateTime, { nullable: true, description: 'When the role becomes member again; null: never.' })
  roleExpiresAt!: Date | null

  @Field(() => Boolean)
  suspended!: boolean

  @Field(() => DateTime)
  joinedAt!: Date

  @Field(() => DateTime, { nullable: true })
  lastSignInAt!: Date | null

  @Field(() => JoinMethodEnum, { description: 'How the person came in; no later change of the role rewrites it.' })
  joinMethod!: JoinMethodEnum
}

export const MembershipConnection = connectionType('Membership', () => MembershipType)

@ObjectType('MembershipPayload', { simpleResolvers: true })
export class MembershipPayload {
  @Field(() => MembershipType)
  membership!: MembershipType
}

@ObjectType('RemoveMemberPayload', { simpleResolvers: true })
export class RemoveMemberPayload {
  @Field(() => ID)
  removedMembershipId!: string
}

@ObjectType('LeaveOrganizationPayload', { simpleResolvers: true })
export class LeaveOrganizationPayload {
  @Field(() => ID)
  leftOrganizationId!: string
}

@ObjectType('EndMemberSessionsPayload', { simpleResolvers: true })
export class EndMemberSessionsPayload {
  @Field(() => MembershipType)
  membership!: MembershipType

  @Field(() => Int)
  endedSessions!: number
}
