import { Field, ObjectType } from 'type-graphql'
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
