import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { SsoConnectionPayload, SsoConnectionType } from '../sso-connection.type.ts'
import { getSetupProgress, setSetupProgress } from './setup-progress.ts'
import { SetSsoSetupProgressInput, SsoSetupProgressType } from './setup-progress.type.ts'

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
