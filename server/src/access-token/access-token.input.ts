import { Field, ID, InputType } from 'type-graphql'
import { DateTime } from '../relay/date-time.ts'

@InputType('CreateAccessTokenInput')
export class CreateAccessTokenInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => String)
  name!: string

  @Field(() => String, { description: "A role key; never more than the creator's own." })
  role!: string

  @Field(() => DateTime, { nullable: true })
  expiresAt?: Date | null
}

@InputType('TakeOverAccessTokenInput')
export class TakeOverAccessTokenInput {
  @Field(() => ID)
  accessTokenId!: string
}

@InputType('RevokeAccessTokenInput')
export class RevokeAccessTokenInput {
  @Field(() => ID)
  accessTokenId!: string
}
