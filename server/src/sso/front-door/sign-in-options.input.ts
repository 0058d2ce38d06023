import { Field, InputType } from 'type-graphql'

@InputType('SignInOptionsInput')
export class SignInOptionsInput {
  @Field(() => String)
  email!: string
}
