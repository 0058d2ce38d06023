import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { SamlConnectionPayload, SamlConnectionType } from '../sso-connection.type.ts'
import { RefreshIdpMetadataInput, TrustStagedCertificatesInput } from './metadata-refresh.input.ts'
import { MetadataRefreshType } from './metadata-refresh.type.ts'
import { getMetadataRefresh } from './metadata-refresh-view.ts'
import { refreshIdpMetadata } from './refresh-idp-metadata.ts'
import { trustStagedCertificates } from './trust-staged-certificates.ts'

@Resolver(() => SamlConnectionType)
export class MetadataRefreshResolver {
  @FieldResolver(() => MetadataRefreshType, {
    nullable: true,
    description: 'Null when the connection has no idpMetadataUrl.',
  })
  metadataRefresh(@Root() connection: { id: string; organizationId: string }, @Ctx() ctx: RequestContext) {
    return getMetadataRefresh(ctx, connection)
  }

  @Mutation(() => SamlConnectionPayload, {
    description: 'Reads the metadata again now. A problem is not an error: it is in metadataRefresh.problem.',
  })
  async refreshIdpMetadata(
    @Arg('input', () => RefreshIdpMetadataInput) { connectionId }: RefreshIdpMetadataInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { connection: await refreshIdpMetadata(ctx, connectionId) }
  }

  @Mutation(() => SamlConnectionPayload, {
    description:
      'Trusts certificates that the metadata announces, beside those that are trusted already. Takes the verification away until somebody signs in.',
  })
  async trustStagedCertificates(
    @Arg('input', () => TrustStagedCertificatesInput) input: TrustStagedCertificatesInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { connection: await trustStagedCertificates(ctx, input.connectionId, input.fingerprintsSha256) }
  }
}
