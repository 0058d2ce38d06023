import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { OrganizationType } from '../../organization/organization.type.ts'
import { DateTime } from '../../relay/date-time.ts'

@ObjectType('RecoveryCodes', {
  simpleResolvers: true,
  description: "An owner's own recovery codes; the codes are never shown again.",
})
export class RecoveryCodesType {
  @Field(() => Int)
  unused!: number

  @Field(() => DateTime, { nullable: true, description: 'When the unused ones were made.' })
  createdAt!: Date | null
}

@ObjectType('RecoveryCodeUse', { simpleResolvers: true, description: 'An owner came in by a recovery code.' })
export class RecoveryCodeUseType {
  @Field(() => DateTime)
  at!: Date

  @Field(() => String, { description: 'Of the owner whose code it was.' })
  email!: string
}

@InputType('CreateRecoveryCodesInput')
export class CreateRecoveryCodesInput {
  @Field(() => ID)
  organizationId!: string
}

@ObjectType('CreateRecoveryCodesPayload', { simpleResolvers: true })
export class CreateRecoveryCodesPayload {
  @Field(() => OrganizationType)
  organization!: OrganizationType

  @Field(() => [String], { description: 'Shown once. Each lets the owner who made it in once.' })
  codes!: string[]
}

@InputType('UseRecoveryCodeInput')
export class UseRecoveryCodeInput {
  @Field(() => String, { description: 'Letter case, hyphens and spaces do not matter.' })
  code!: string
}

@ObjectType('UseRecoveryCodePayload', { simpleResolvers: true, description: 'Sets the session cookie.' })
export class UseRecoveryCodePayload {
  @Field(() => OrganizationType)
  organization!: OrganizationType

  @Field(() => DateTime, { description: 'When the session ends, whatever the activity.' })
  expiresAt!: Date
}
