import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { SsoConnectionType } from '../sso-connection.type.ts'
import { listRoleMappings } from './list-role-mappings.ts'
import { RoleMappingType, SetRoleMappingsInput, SetRoleMappingsPayload } from './role-mapping.type.ts'
import { setRoleMappings } from './set-role-mappings.ts'

@Resolver(() => SsoConnectionType)
export class RoleMappingResolver {
  @FieldResolver(() => [RoleMappingType], {
    description: 'Which role sign-ins give to whom, the first rule that applies. None: they change no role.',
  })
  roleMappings(@Root() connection: { id: string; organizationId: string }, @Ctx() ctx: RequestContext) {
    return listRoleMappings(ctx, connection)
  }

  @Mutation(() => SetRoleMappingsPayload, {
    description:
      'Puts these rules in the place of all there are. Nobody’s role changes before their next sign-in. Needs the permissions sso:manage and member:changeRole.',
  })
  async setRoleMappings(
    @Arg('input', () => SetRoleMappingsInput) input: SetRoleMappingsInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { connectionId, expectedRevision, mappings } = input
    return { connection: await setRoleMappings(ctx, connectionId, expectedRevision ?? null, mappings) }
  }
}
