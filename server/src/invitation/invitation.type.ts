import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { RoleType } from '../access/role.type.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { connectionType } from '../relay/connection.type.ts'
import { DateTime } from '../relay/date-time.ts'
import { NodeType } from '../relay/node.type.ts'
import { SsoEntranceType } from '../sso/front-door/sign-in-options.type.ts'
import { UserType } from '../user/user.type.ts'

@ObjectType('Invitation', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'An open invitation to join an organization: gone once it is accepted or revoked.',
})
export class InvitationType extends NodeType {
  @Field(() => String, { description: 'In lower case.' })
  email!: string

  @Field(() => RoleType, { description: 'The role that accepting it gives.' })
  role!: RoleType

  @Field(() => DateTime)
  expiresAt!: Date

  @Field(() => DateTime, { description: 'When the link that holds now was made.' })
  sentAt!: Date

  @Field(() => Boolean, { description: 'True when the link has expired: send the invitation again.' })
  expired!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Why the link lets nobody in, in a sentence; null while it does.',
  })
  problem!: string | null

  @Field(() => UserType, {
    description: 'Who answers for it: it gives nothing that they may not give at the moment of accepting.',
  })
  invitedBy!: UserType

  @Field(() => OrganizationType)
  organization!: OrganizationType
}

export const InvitationConnection = connectionType('Invitation', () => InvitationType)

@ObjectType('CreatedInvitation', {
  simpleResolvers: true,
  description: 'An invitation with its link, which nobody can read again.',
})
export class CreatedInvitationType {
  @Field(() => InvitationType)
  invitation!: InvitationType

  @Field(() => String, {
    description: 'Shown once: the link to hand over by hand when no mail server is configured.',
  })
  acceptUrl!: string

  @Field(() => Boolean, { description: 'True when the link goes out by mail as well.' })
  mailed!: boolean
}

@ObjectType('InvitationPreview', {
  simpleResolvers: true,
  description: 'What an invitation is to, for whoever has its link. Tells nothing of accounts.',
})
export class InvitationPreviewType {
  @Field(() => String)
  email!: string

  @Field(() => String)
  organizationName!: string

  @Field(() => String)
  organizationSlug!: string

  @Field(() => RoleType)
  role!: RoleType

  @Field(() => String, { description: 'Name or e-mail address of whoever invites.' })
  invitedBy!: string

  @Field(() => DateTime)
  expiresAt!: Date

  @Field(() => [SsoEntranceType], { description: 'The organization’s connections in use; oldest first.' })
  entrances!: SsoEntranceType[]

  @Field(() => Boolean, { description: 'False while the organization admits single sign-on only.' })
  passwordAllowed!: boolean

  @Field(() => Boolean, { description: 'True when the viewer is signed in as the invited address.' })
  viewerIsInvited!: boolean

  @Field(() => String, { nullable: true, description: 'The address that the viewer is signed in as; null for nobody.' })
  viewerEmail!: string | null
}

@InputType('InviteMembersInput')
export class InviteMembersInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => [String], { description: '1 to 100 e-mail addresses. All are invited, or nobody.' })
  emails!: string[]

  @Field(() => String, { description: 'A role key; never above the actor’s own.' })
  role!: string
}

@ObjectType('InviteMembersPayload', { simpleResolvers: true })
export class InviteMembersPayload {
  @Field(() => [CreatedInvitationType])
  invitations!: CreatedInvitationType[]
}

@InputType('ResendInvitationInput')
export class ResendInvitationInput {
  @Field(() => ID)
  invitationId!: string
}

@InputType('RevokeInvitationInput')
export class RevokeInvitationInput {
  @Field(() => ID)
  invitationId!: string
}

@ObjectType('RevokeInvitationPayload', { simpleResolvers: true })
export class RevokeInvitationPayload {
  @Field(() => ID)
  revokedInvitationId!: string
}

@InputType('AcceptInvitationInput')
export class AcceptInvitationInput {
  @Field(() => String, { description: 'From the link.' })
  token!: string

  @Field(() => String, { nullable: true, description: 'Of the person, for a new account.' })
  name?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'Needed when the invited address has no account yet and SSO is not enforced. Of one who has an account and is not signed in, its password.',
  })
  password?: string | null
}
