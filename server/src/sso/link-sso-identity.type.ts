import { Field, InputType, ObjectType } from 'type-graphql'
import { DateTime } from '../relay/date-time.ts'
import { UserType } from '../user/user.type.ts'

@ObjectType('PendingSsoLink', {
  simpleResolvers: true,
  description:
    'Single sign-on asserted the e-mail address of an existing user; they prove that they are the same person.',
})
export class PendingSsoLinkType {
  @Field(() => String)
  email!: string

  @Field(() => String)
  organizationName!: string

  @Field(() => String)
  connectionName!: string

  @Field(() => Boolean, {
    description: 'True when the viewer is signed in as that user already: no password is needed.',
  })
  viewerIsUser!: boolean

  @Field(() => Boolean, {
    description:
      'False for people who have no password: they sign in the way they usually do, in the same browser, and come back.',
  })
  userHasPassword!: boolean

  @Field(() => DateTime)
  expiresAt!: Date
}

@InputType('LinkSsoIdentityInput')
export class LinkSsoIdentityInput {
  @Field(() => String)
  token!: string

  @Field(() => String, { nullable: true, description: 'Needed unless the viewer is signed in as that user.' })
  password?: string | null
}

@ObjectType('LinkSsoIdentityPayload', { simpleResolvers: true, description: 'Sets the session cookie.' })
export class LinkSsoIdentityPayload {
  @Field(() => UserType)
  user!: UserType

  @Field(() => String, { description: 'The local path where the person wanted to go.' })
  returnPath!: string
}
