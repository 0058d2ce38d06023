import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { RoleType } from '../../access/role.type.ts'
import { OrganizationType } from '../../organization/organization.type.ts'
import { DateTime } from '../../relay/date-time.ts'
import { AccessLossReason } from './preview-sso-enforcement.ts'

@ObjectType('SsoPolicy', {
  simpleResolvers: true,
  description: 'Whether single sign-on is the only way in, and how that stands.',
})
export class SsoPolicyType {
  @Field(() => Boolean, {
    description: "While true, members sign in through the organization's identity provider only.",
  })
  enforced!: boolean

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it reverts by itself, unless an owner signs in through single sign-on first; null but on trial.',
  })
  trialEndsAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: "When an owner's fresh sign-in confirmed it." })
  confirmedAt!: Date | null
}

registerEnumType(AccessLossReason, {
  name: 'AccessLossReason',
  description: 'Why a member would have no way in while single sign-on is required.',
  valuesConfig: {
    NEVER_USED_SSO: { description: 'No enabled connection of the organization knows them.' },
    DOMAIN_NOT_VERIFIED: { description: 'Their mail domain is none that the organization has proved.' },
    GUEST: { description: 'They come from outside: an #EXT# address of Entra, or another domain than those proved.' },
    PASSWORD_ONLY_OWNER: { description: 'An owner who has come in by password so far.' },
  },
})

@ObjectType('AccessLossCount', {
  simpleResolvers: true,
  description: 'How many members would lose access for one reason.',
})
export class AccessLossCountType {
  @Field(() => AccessLossReason)
  reason!: AccessLossReason

  @Field(() => Int)
  count!: number
}

@ObjectType('MemberLosingAccess', {
  simpleResolvers: true,
  description: 'A member who would have no way in while single sign-on is required.',
})
export class MemberLosingAccessType {
  @Field(() => ID, { description: 'Of the membership.' })
  id!: string

  @Field(() => String)
  email!: string

  @Field(() => String, { nullable: true })
  name!: string | null

  @Field(() => RoleType)
  role!: RoleType

  @Field(() => [AccessLossReason])
  reasons!: AccessLossReason[]
}

@ObjectType('AccessTokenLosingAccess', {
  simpleResolvers: true,
  description:
    'An access token that would count for nothing while single sign-on is required: no connection knows its maker.',
})
export class AccessTokenLosingAccessType {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string

  @Field(() => String)
  createdByEmail!: string
}

@ObjectType('SsoEnforcementPreview', {
  simpleResolvers: true,
  description: 'Who would lose access if single sign-on were required now. Suspended members have none to lose.',
})
export class SsoEnforcementPreviewType {
  @Field(() => Int, { description: 'Members who are not suspended.' })
  memberCount!: number

  @Field(() => Int)
  losingMemberCount!: number

  @Field(() => [AccessLossCountType], { description: 'A member may count under several reasons.' })
  reasons!: AccessLossCountType[]

  @Field(() => [MemberLosingAccessType], { description: 'The first 50, owners first.' })
  members!: MemberLosingAccessType[]

  @Field(() => Int, { description: 'Access tokens whose maker no enabled connection knows.' })
  losingAccessTokenCount!: number

  @Field(() => [AccessTokenLosingAccessType], { description: 'The first 50.' })
  accessTokens!: AccessTokenLosingAccessType[]
}

@InputType('SetSsoEnforcementInput')
export class SetSsoEnforcementInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => Boolean)
  enforced!: boolean
}

@ObjectType('OrganizationPayload', { simpleResolvers: true })
export class OrganizationPayload {
  @Field(() => OrganizationType)
  organization!: OrganizationType
}
