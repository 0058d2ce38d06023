import { Field, ID, ObjectType } from 'type-graphql'

@ObjectType('SsoEntrance', {
  simpleResolvers: true,
  description: 'A way in through single sign-on, as somebody sees it who has not come in through it yet.',
})
export class SsoEntranceType {
  @Field(() => ID)
  connectionId!: string

  @Field(() => String)
  connectionName!: string

  @Field(() => String)
  organizationName!: string
}

@ObjectType('SignInOptions', {
  simpleResolvers: true,
  description: 'How to sign in with an e-mail address. The same for all addresses of a domain, whoever has an account.',
})
export class SignInOptionsType {
  @Field(() => String, { description: 'The address as it is compared: trimmed, in lower case.' })
  email!: string

  @Field(() => [SsoEntranceType], {
    description:
      'The connections in use of the organization that has verified the domain of the address; oldest first.',
  })
  entrances!: SsoEntranceType[]

  @Field(() => Boolean, { description: 'False while that organization admits single sign-on only.' })
  passwordAllowed!: boolean
}

@ObjectType('OrganizationNeedingSso', {
  simpleResolvers: true,
  description: 'An organization of the viewer that their session may not enter: it admits single sign-on only.',
})
export class OrganizationNeedingSsoType {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  slug!: string

  @Field(() => String)
  name!: string

  @Field(() => [SsoEntranceType], { description: 'Its connections in use; oldest first.' })
  entrances!: SsoEntranceType[]
}
