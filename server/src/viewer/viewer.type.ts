import { Field, ObjectType } from 'type-graphql'
import { AccessTokenType } from '../access-token/access-token.type.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { DateTime } from '../relay/date-time.ts'
import { UserType } from '../user/user.type.ts'

@ObjectType('RecoverySession', {
  simpleResolvers: true,
  description: 'A session that a recovery code opened: for the single sign-on settings of one organization.',
})
export class RecoverySessionType {
  @Field(() => OrganizationType)
  organization!: OrganizationType

  @Field(() => DateTime, { description: 'When it ends, whatever the activity.' })
  expiresAt!: Date
}

@ObjectType('Viewer', { simpleResolvers: true, description: 'Exactly one of user and accessToken is set.' })
export class ViewerType {
  @Field(() => UserType, { nullable: true })
  user!: UserType | null

  @Field(() => AccessTokenType, { nullable: true })
  accessToken!: AccessTokenType | null
}
