import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { countSsoIdentities } from './count-sso-identities.ts'
import { SamlConnectionType } from './sso-connection.type.ts'

@Resolver(() => SamlConnectionType)
export class SsoIdentityResolver {
  @FieldResolver(() => Int, {
    description:
      'How many people the connection recognizes by their subject. Whoever changes where the subject is read from changes whom they are recognized as.',
  })
  identityCount(@Root() connection: { id: string; organizationId: string }, @Ctx() ctx: RequestContext) {
    return countSsoIdentities(ctx, connection)
  }
}
