import { ArgsType, Field, ID, InputType, Int } from 'type-graphql'

@InputType('SignInInput')
export class SignInInput {
  @Field(() => String)
  email!: string

  @Field(() => String)
  password!: string
}

@InputType('EndSessionInput')
export class EndSessionInput {
  @Field(() => ID)
  sessionId!: string
}

@ArgsType()
export class SessionPolicyArgs {
  @Field(() => Int, { nullable: true })
  idleMinutes?: number | null

  @Field(() => Int, { nullable: true })
  lifetimeMinutes?: number | null
}

@InputType('SetSessionPolicyInput')
export class SetSessionPolicyInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => Int, { nullable: true, description: 'From 5 minutes to 30 days. Null: the usual time.' })
  idleMinutes?: number | null

  @Field(() => Int, { nullable: true, description: 'From 15 minutes to 90 days. Null: the usual time.' })
  lifetimeMinutes?: number | null
}
