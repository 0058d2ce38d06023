import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { DateTime } from '../../relay/date-time.ts'
import { SsoConnectionPayload, SsoConnectionType } from '../sso-connection.type.ts'
import { getSetupProgress, setSetupProgress } from './setup-progress.ts'

@ObjectType('SsoSetupProgress', {
  simpleResolvers: true,
  description: 'How far somebody has come with one of the console’s guides.',
})
class SsoSetupProgressType {
  @Field(() => String, { description: 'Which guide, such as microsoft-entra.' })
  guide!: string

  @Field(() => [String], { description: 'The steps that are done, by the names that the console gives them.' })
  doneSteps!: string[]

  @Field(() => DateTime)
  updatedAt!: Date
}

@InputType('SetSsoSetupProgressInput')
class SetSsoSetupProgressInput {
  @Field(() => ID)
  connectionId!: string

  @Field(() => String)
  guide!: string

  @Field(() => [String], { description: 'All steps that are done; those that are not named are not.' })
  doneSteps!: string[]
}

@Resolver(() => SsoConnectionType)
export class SetupProgressResolver {
  @FieldResolver(() => SsoSetupProgressType, {
    nullable: true,
    description: 'Null before anybody has begun with a guide.',
  })
  setupProgress(@Root() connection: { id: string; organizationId: string }, @Ctx() ctx: RequestContext) {
    return getSetupProgress(ctx, connection)
  }

  @Mutation(() => SsoConnectionPayload, {
    description:
      'Notes how far somebody has come with a guide, for whoever goes on. No setting: revision and audit log stay as they are. Needs the permission sso:manage.',
  })
  async setSsoSetupProgress(
    @Arg('input', () => SetSsoSetupProgressInput) input: SetSsoSetupProgressInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { connection: await setSetupProgress(ctx, input) }
  }
}
