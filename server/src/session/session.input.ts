import { Field, InputType } from 'type-graphql'

@InputType('SignInInput')
export class SignInInput {
  @Field(() => String)
  email!: string

  @Field(() => String)
  password!: string
}
