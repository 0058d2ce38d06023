import { Field, ID, ObjectType } from 'type-graphql'
import { RoleType } from '../access/role.type.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { connectionType } from '../relay/connection.type.ts'
import { DateTime } from '../relay/date-time.ts'
import { NodeType } from '../relay/node.type.ts'
import { UserType } from '../user/user.type.ts'

@ObjectType('AccessToken', {
  implements: NodeType,
  simpleResolvers: true,
  description: "An automation client's proof, good for one organization.",
})
export class AccessTokenType extends NodeType {
  @Field(() => String)
  name!: string

  @Field(() => RoleType)
  role!: RoleType

  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null

  @Field(() => DateTime, { nullable: true })
  lastUsedAt!: Date | null

  @Field(() => OrganizationType)
  organization!: OrganizationType

  @Field(() => UserType, {
    description:
      'Who answers for it: whoever made it, or took it over. It never does more than they may do now, and nothing once they are gone or suspended.',
  })
  createdBy!: UserType

  @Field(() => String, { description: 'The last four characters of the secret, to tell tokens apart.' })
  lastCharacters!: string
}

export const AccessTokenConnection = connectionType('AccessToken', () => AccessTokenType)

@ObjectType('AccessTokenPayload', { simpleResolvers: true })
export class AccessTokenPayload {
  @Field(() => AccessTokenType)
  accessToken!: AccessTokenType
}

@ObjectType('CreateAccessTokenPayload', { simpleResolvers: true })
export class CreateAccessTokenPayload {
  @Field(() => AccessTokenType)
  accessToken!: AccessTokenType

  @Field(() => String, { description: 'Shown once. Sent as `Authorization: Bearer <secret>`.' })
  secret!: string
}

@ObjectType('RevokeAccessTokenPayload', { simpleResolvers: true })
export class RevokeAccessTokenPayload {
  @Field(() => ID)
  revokedAccessTokenId!: string
}
