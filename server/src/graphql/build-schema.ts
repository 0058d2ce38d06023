import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchema } from 'type-graphql'
import {
  AccessTokenFieldsResolver,
  AccessTokenResolver,
  MembershipAccessTokensResolver,
} from '../access-token/access-token.resolver.ts'
import { DomainResolver } from '../domain/domain.resolver.ts'
import { InvitationResolver } from '../invitation/invitation.resolver.ts'
import { AccessExplanationResolver } from '../membership/access-explanation.resolver.ts'
import { MembershipResolver, OrganizationMembershipsResolver } from '../membership/membership.resolver.ts'
import { OrganizationResolver } from '../organization/organization.resolver.ts'
import { RoleResolver } from '../role/role.resolver.ts'
import { SessionResolver } from '../session/session.resolver.ts'
import { SetupResolver } from '../setup/setup.resolver.ts'
import { DiagnoseResolver } from '../sso/diagnose/diagnose.resolver.ts'
import { SsoEnforcementResolver } from '../sso/enforcement/sso-enforcement.resolver.ts'
import { SignInOptionsResolver } from '../sso/front-door/sign-in-options.resolver.ts'
import { SpKeyResolver } from '../sso/keys/sp-key.resolver.ts'
import { LinkSsoIdentityResolver } from '../sso/link-sso-identity.resolver.ts'
import { SignOutResolver } from '../sso/logout/sign-out.resolver.ts'
import { OidcConnectionResolver } from '../sso/oidc-connection.resolver.ts'
import { MembersWithoutSsoResolver, SsoOverviewResolver } from '../sso/overview/overview.resolver.ts'
import { RecoveryCodeResolver } from '../sso/recovery/recovery-code.resolver.ts'
import { MetadataRefreshResolver } from '../sso/refresh/metadata-refresh.resolver.ts'
import { RoleMappingResolver } from '../sso/roles/role-mapping.resolver.ts'
import { SetupLinkResolver, SetupLinksOfConnectionResolver } from '../sso/setup-link/setup-link.resolver.ts'
import { SetupProgressResolver } from '../sso/setup-progress/setup-progress.resolver.ts'
import { SignInAttemptResolver, SsoConnectionAttemptsResolver } from '../sso/sign-in-attempt.resolver.ts'
import { SimulateSignInResolver } from '../sso/simulate/simulate-sign-in.resolver.ts'
import { SsoConnectionResolver } from '../sso/sso-connection.resolver.ts'
import { SamlConnectionType } from '../sso/sso-connection.type.ts'
import { SsoIdentityResolver } from '../sso/sso-identity.resolver.ts'
import { SsoTestResolver } from '../sso/sso-test/sso-test.resolver.ts'
import { ViewerResolver } from '../viewer/viewer.resolver.ts'
import { ViewerSessionsResolver } from '../viewer/viewer-sessions.resolver.ts'
import { NodeResolver } from './node.resolver.ts'
import { RateLimitResolver } from './rate-limit.resolver.ts'
import { resolvePlainly } from './resolve-plainly.ts'

/** The executable schema: the list of resolvers and nothing else. Meaning is checked by operations, not here. */
export async function buildGatehouseSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      NodeResolver,
      RateLimitResolver,
      ViewerResolver,
      ViewerSessionsResolver,
      OrganizationResolver,
      OrganizationMembershipsResolver,
      MembershipResolver,
      AccessExplanationResolver,
      RoleResolver,
      AccessTokenResolver,
      AccessTokenFieldsResolver,
      MembershipAccessTokensResolver,
      SessionResolver,
      SignOutResolver,
      SetupResolver,
      SignInOptionsResolver,
      SsoConnectionResolver,
      OidcConnectionResolver,
      SsoConnectionAttemptsResolver,
      MetadataRefreshResolver,
      SignInAttemptResolver,
      RoleMappingResolver,
      SetupProgressResolver,
      SetupLinksOfConnectionResolver,
      SetupLinkResolver,
      SimulateSignInResolver,
      LinkSsoIdentityResolver,
      SsoIdentityResolver,
      SsoTestResolver,
      DiagnoseResolver,
      SpKeyResolver,
      DomainResolver,
      InvitationResolver,
      SsoEnforcementResolver,
      SsoOverviewResolver,
      MembersWithoutSsoResolver,
      RecoveryCodeResolver,
    ],
    // Reached through an interface only.
    orphanedTypes: [SamlConnectionType],
    validate: false,
  })
  resolvePlainly(schema)
  return schema
}
