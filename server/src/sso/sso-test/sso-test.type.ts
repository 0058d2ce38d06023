import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../../relay/date-time.ts'
import { NodeType } from '../../relay/node.type.ts'
import { SignInAttemptType } from '../sign-in-attempt.type.ts'

enum SsoTestStatusEnum {
  WAITING = 'WAITING',
  SUCCEEDED = 'SUCCEEDED',
  REFUSED = 'REFUSED',
}
registerEnumType(SsoTestStatusEnum, {
  name: 'SsoTestStatus',
  description: 'WAITING until somebody comes back from the identity provider; SUCCEEDED once one attempt did.',
})

@ObjectType('SsoTest', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A test of a connection: sign-ins that make every check and let nobody in. To be asked every 1 to 2 s.',
})
export class SsoTestType extends NodeType {
  @Field(() => SsoTestStatusEnum)
  status!: SsoTestStatusEnum

  @Field(() => [SignInAttemptType], { description: 'Newest first, 20 at most.' })
  attempts!: SignInAttemptType[]

  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime, { description: 'Its address works until then, unless the connection is changed before.' })
  expiresAt!: Date
}

@InputType('StartTestSignInInput')
export class StartTestSignInInput {
  @Field(() => ID)
  connectionId!: string
}

@ObjectType('StartTestSignInPayload', { simpleResolvers: true })
export class StartTestSignInPayload {
  @Field(() => SsoTestType)
  test!: SsoTestType

  @Field(() => String, {
    description: 'Shown once: open it in a browser. It carries the secret of this test and is good for 15 minutes.',
  })
  url!: string
}
