import { Field, ID, InputType } from 'type-graphql'
import { SpKeyUseEnum } from './sp-key.type.ts'

@InputType('RotateSpKeyInput')
export class RotateSpKeyInput {
  @Field(() => ID, { description: 'The SAML connection.' })
  connectionId!: string

  @Field(() => SpKeyUseEnum, { description: 'Which of its keys.' })
  use!: SpKeyUseEnum
}

@InputType('DeleteSpKeyInput')
export class DeleteSpKeyInput {
  @Field(() => ID, { description: 'The SpCertificate.' })
  keyId!: string
}
