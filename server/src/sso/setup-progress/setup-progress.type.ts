import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime } from '../../relay/date-time.ts'

@ObjectType('SsoSetupProgress', {
  simpleResolvers: true,
  description: 'How far somebody has come with one of the console’s guides.',
})
export class SsoSetupProgressType {
  @Field(() => String, { description: 'Which guide, such as microsoft-entra.' })
  guide!: string

  @Field(() => [String], { description: 'The steps that are done, by the names that the console gives them.' })
  doneSteps!: string[]

  @Field(() => DateTime)
  updatedAt!: Date
}

@InputType('SetSsoSetupProgressInput')
export class SetSsoSetupProgressInput {
  @Field(() => ID)
  connectionId!: string

  @Field(() => String)
  guide!: string

  @Field(() => [String], { description: 'All steps that are done; those that are not named are not.' })
  doneSteps!: string[]
}
