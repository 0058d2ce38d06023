import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchema } from 'type-graphql'
import { OrganizationResolver } from '../organization/organization.resolver.ts'
import { SessionResolver } from '../session/session.resolver.ts'
import { SetupResolver } from '../setup/setup.resolver.ts'
import { LinkSsoIdentityResolver } from '../sso/link-sso-identity.resolver.ts'
import { SignInAttemptResolver, SsoConnectionAttemptsResolver } from '../sso/sign-in-attempt.resolver.ts'
import { SsoConnectionResolver } from '../sso/sso-connection.resolver.ts'
import { SamlConnectionType } from '../sso/sso-connection.type.ts'

/** The executable schema: the list of resolvers and nothing else. Meaning is checked by operations, not here. */
export function buildGatehouseSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      OrganizationResolver,
      SessionResolver,
      SetupResolver,
      SsoConnectionResolver,
      SsoConnectionAttemptsResolver,
      SignInAttemptResolver,
      LinkSsoIdentityResolver,
    ],
    // Reached through an interface only.
    orphanedTypes: [SamlConnectionType],
    validate: false,
  })
}
