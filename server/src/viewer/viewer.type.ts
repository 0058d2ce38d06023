import { Field, ObjectType } from 'type-graphql'
import { AccessTokenType } from '../access-token/access-token.type.ts'
import { UserType } from '../user/user.type.ts'

@ObjectType('Viewer', { simpleResolvers: true, description: 'Exactly one of user and accessToken is set.' })
export class ViewerType {
  @Field(() => UserType, { nullable: true })
  user!: UserType | null

  @Field(() => AccessTokenType, { nullable: true })
  accessToken!: AccessTokenType | null
}
