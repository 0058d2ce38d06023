import { Field, ObjectType, registerEnumType } from 'type-graphql'

export enum SignInAttributeUseEnum {
  SUBJECT = 'SUBJECT',
  EMAIL = 'EMAIL',
  NAME = 'NAME',
}
registerEnumType(SignInAttributeUseEnum, {
  name: 'SignInAttributeUse',
  description: 'What an attribute was read as: the lasting subject, the e-mail address, or the name.',
})

@ObjectType('SignInAttribute', {
  simpleResolvers: true,
  description: 'What the identity provider said about the person under one name.',
})
export class SignInAttributeType {
  @Field(() => String, {
    description: 'The Name that an attribute mapping takes. NameID is the NameID of the subject.',
  })
  name!: string

  @Field(() => String, {
    nullable: true,
    description: 'A name for people, which decides nothing. Of the NameID: its Format.',
  })
  friendlyName!: string | null

  @Field(() => [String], {
    nullable: true,
    description:
      'Cut at 300 characters each and 200 values in all. Null for who may not manage the connection (sso:manage): they see the names.',
  })
  values!: string[] | null

  @Field(() => [SignInAttributeUseEnum], { description: 'What it was read as. Empty: it was not used.' })
  usedFor!: SignInAttributeUseEnum[]
}
