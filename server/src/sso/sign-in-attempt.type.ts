import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { connectionType } from '../relay/connection.type.ts'
import { DateTime } from '../relay/date-time.ts'
import { NodeType } from '../relay/node.type.ts'

export enum FixedByEnum {
  OWNER = 'OWNER',
  IDP_ADMINISTRATOR = 'IDP_ADMINISTRATOR',
  MEMBER = 'MEMBER',
  OPERATOR = 'OPERATOR',
}
registerEnumType(FixedByEnum, { name: 'FixedBy', description: 'Who can mend what refused a sign-in.' })

@ObjectType('SignInCheck', {
  simpleResolvers: true,
  description: "One row of an attempt's trace, in the order the checks ran.",
})
export class SignInCheckType {
  @Field(() => String, { description: 'Stable, such as audience.' })
  name!: string

  @Field(() => String, { description: 'For people, such as Audience.' })
  title!: string

  @Field(() => Boolean)
  passed!: boolean

  @Field(() => String, { nullable: true })
  expected!: string | null

  @Field(() => String, { nullable: true })
  actual!: string | null
}

@ObjectType('SignInAttempt', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Its id is the reference that the member saw.',
})
export class SignInAttemptType extends NodeType {
  @Field(() => DateTime)
  at!: Date

  @Field(() => Boolean)
  succeeded!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Null when it succeeded; else one of the documented failure reasons, such as AUDIENCE_MISMATCH.',
  })
  failureReason!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The verified e-mail address the identity provider sent; null when it did not get that far.',
  })
  email!: string | null

  @Field(() => String, { nullable: true, description: 'The sentence the member saw. Null when it succeeded.' })
  message!: string | null

  @Field(() => FixedByEnum, { nullable: true, description: 'Who can fix it. Null when it succeeded.' })
  fixedBy!: FixedByEnum | null

  @Field(() => String, {
    nullable: true,
    description: 'For the owner: what to change, and where. Null when it succeeded.',
  })
  advice!: string | null

  @Field(() => Boolean, { description: 'It was a test sign-in, which lets nobody in.' })
  test!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'What a sign-in proper would have done, in a sentence. Null unless it was a test that succeeded.',
  })
  foreseen!: string | null

  @Field(() => [String], {
    description: 'The titles of the checks that did not run any more, because one before them failed; in their order.',
  })
  notReached!: string[]

  @Field(() => [SignInCheckType])
  checks!: SignInCheckType[]
}

export const SignInAttemptConnection = connectionType('SignInAttempt', () => SignInAttemptType)
