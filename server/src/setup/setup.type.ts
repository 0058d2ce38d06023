import { Field, ObjectType } from 'type-graphql'
import { OrganizationType } from '../organization/organization.type.ts'
import { UserType } from '../user/user.type.ts'

@ObjectType('CompleteSetupPayload', { simpleResolvers: true, description: 'Sets the session cookie.' })
export class CompleteSetupPayload {
  @Field(() => OrganizationType)
  organization!: OrganizationType

  @Field(() => UserType)
  user!: UserType
}

@ObjectType('CreateOrganizationPayload', { simpleResolvers: true })
export class CreateOrganizationPayload {
  @Field(() => OrganizationType)
  organization!: OrganizationType
}
