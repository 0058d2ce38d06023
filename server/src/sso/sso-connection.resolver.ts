import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { inspectIdpCertificates, inspectIdpMetadata } from './inspect-idp-settings.ts'
import { deleteSsoConnection, listSsoConnections, setSsoConnectionEnabled } from './manage-sso-connection.ts'
import { createSamlConnection, updateSamlConnection } from './save-saml-connection.ts'
import {
  CreateSamlConnectionInput,
  DeleteSsoConnectionInput,
  InspectIdpCertificatesInput,
  InspectIdpMetadataInput,
  SetSsoConnectionEnabledInput,
  UpdateSamlConnectionInput,
} from './sso-connection.input.ts'
import {
  DeleteSsoConnectionPayload,
  InspectIdpCertificatesPayload,
  InspectIdpMetadataPayload,
  SamlConnectionPayload,
  SsoConnectionPayload,
  SsoConnectionType,
} from './sso-connection.type.ts'

@Resolver(() => OrganizationType)
export class SsoConnectionResolver {
  @FieldResolver(() => [SsoConnectionType], { description: 'Oldest first. Needs the permission sso:read.' })
  ssoConnections(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return listSsoConnections(ctx, organization.id)
  }

  @Mutation(() => SamlConnectionPayload, {
    description:
      'Everything about the identity provider may come later: a new connection has its redirect and login URLs at once.',
  })
  async createSamlConnection(
    @Arg('input', () => CreateSamlConnectionInput) { organizationId, ...settings }: CreateSamlConnectionInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { connection: await createSamlConnection(ctx, organizationId, settings) }
  }

  @Mutation(() => SamlConnectionPayload, {
    description:
      'An absent field stays as it is; null or an empty text clears it. A change of what a sign-in depends on takes verifiedAt away. CONFLICT STALE_REVISION. Needs the permission sso:manage.',
  })
  async updateSamlConnection(
    @Arg('input', () => UpdateSamlConnectionInput) input: UpdateSamlConnectionInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { connectionId, expectedRevision, ...settings } = input
    return { connection: await updateSamlConnection(ctx, connectionId, expectedRevision ?? null, settings) }
  }

  @Mutation(() => SsoConnectionPayload, { description: 'Disabling ends the sessions made through the connection.' })
  async setSsoConnectionEnabled(
    @Arg('input', () => SetSsoConnectionEnabledInput) input: SetSsoConnectionEnabledInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { connection: await setSsoConnectionEnabled(ctx, input.connectionId, input.enabled) }
  }

  @Mutation(() => DeleteSsoConnectionPayload, { description: 'Members stay members; their identities are forgotten.' })
  async deleteSsoConnection(
    @Arg('input', () => DeleteSsoConnectionInput) input: DeleteSsoConnectionInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { deletedConnectionId: await deleteSsoConnection(ctx, input.connectionId) }
  }

  @Mutation(() => InspectIdpCertificatesPayload, {
    description: 'Says what a pasted certificate is before anything is saved.',
  })
  async inspectIdpCertificates(
    @Arg('input', () => InspectIdpCertificatesInput) input: InspectIdpCertificatesInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { certificates: await inspectIdpCertificates(ctx, input.organizationId, input.certificates) }
  }

  @Mutation(() => InspectIdpMetadataPayload, {
    description: 'Reads metadata, as XML or from its URL, before anything is saved.',
  })
  inspectIdpMetadata(
    @Arg('input', () => InspectIdpMetadataInput) { organizationId, ...source }: InspectIdpMetadataInput,
    @Ctx() ctx: RequestContext,
  ) {
    return inspectIdpMetadata(ctx, organizationId, source)
  }
}
