import { ArgsType, Field, ID, InputType } from 'type-graphql'
import { PageArgs } from '../relay/connection.type.ts'
import { DateTime } from '../relay/date-time.ts'

@ArgsType()
export class MembersArgs extends PageArgs {
  @Field(() => String, { nullable: true })
  query?: string | null

  @Field(() => String, { nullable: true })
  role?: string | null

  @Field(() => Boolean, { nullable: true })
  usedSso?: boolean | null
}

@InputType('ChangeMemberRoleInput')
export class ChangeMemberRoleInput {
  @Field(() => ID)
  membershipId!: string

  @Field(() => String, { description: 'A role key of the organization: owner, admin, member or a custom one.' })
  role!: string

  @Field(() => Boolean, {
    nullable: true,
    description: 'Sign-ins leave the role as it is. Absent: yes for another role; as before for the same one.',
  })
  pinned?: boolean | null

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the role becomes member again; null: never. Absent: never for another role; as before for the same one.',
  })
  expiresAt?: Date | null
}

@InputType('SetMemberSuspendedInput')
export class SetMemberSuspendedInput {
  @Field(() => ID)
  membershipId!: string

  @Field(() => Boolean)
  suspended!: boolean
}

@InputType('EndMemberSessionsInput')
export class EndMemberSessionsInput {
  @Field(() => ID)
  membershipId!: string
}

@InputType('RemoveMemberInput')
export class RemoveMemberInput {
  @Field(() => ID)
  membershipId!: string

  @Field(() => Boolean, {
    nullable: true,
    description:
      'The viewer takes over the access tokens that the member answers for; else they are revoked. Needs the permission accessToken:manage, as a person. Default: false.',
  })
  takeOverAccessTokens?: boolean | null
}

@InputType('LeaveOrganizationInput')
export class LeaveOrganizationInput {
  @Field(() => ID)
  organizationId!: string
}
