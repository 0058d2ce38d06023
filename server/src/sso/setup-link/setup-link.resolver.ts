import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { SsoConnectionPayload, SsoConnectionType } from '../sso-connection.type.ts'
import {
  noteConnectionSetup,
  readConnectionSetup,
  saveConnectionSetup,
  testConnectionSetup,
} from './connection-setup.ts'
import { createSetupLink, getSetupLink, revokeSetupLink } from './manage-setup-link.ts'
import {
  ConnectionSetupPayload,
  ConnectionSetupType,
  CreateSetupLinkInput,
  CreateSetupLinkPayload,
  NoteConnectionSetupInput,
  RevokeSetupLinkInput,
  SaveConnectionSetupInput,
  SetupLinkType,
  TestConnectionSetupInput,
  TestConnectionSetupPayload,
} from './setup-link.type.ts'

/** What owners do with setup links. */
@Resolver(() => SsoConnectionType)
export class SetupLinksOfConnectionResolver {
  @FieldResolver(() => SetupLinkType, {
    nullable: true,
    description: 'Null while there is none that is good for anything.',
  })
  async setupLink(@Root() connection: { id: string; organizationId: string }, @Ctx() ctx: RequestContext) {
    const link = await getSetupLink(ctx, connection)
    return link && { ...link, createdBy: link.createdBy.name ?? link.createdBy.email }
  }

  @Mutation(() => CreateSetupLinkPayload, {
    description:
      'Makes the link by which somebody without an account sets up this SAML connection, for seven days, in the place of one that there is. The connection is disabled, until somebody enables it, which ends the link. CONFLICT CONNECTION_IN_USE once people sign in through it. Needs the permission sso:manage.',
  })
  createSetupLink(@Arg('input', () => CreateSetupLinkInput) input: CreateSetupLinkInput, @Ctx() ctx: RequestContext) {
    return createSetupLink(ctx, input.connectionId)
  }

  @Mutation(() => SsoConnectionPayload, { description: 'The link is good for nothing from now on.' })
  async revokeSetupLink(
    @Arg('input', () => RevokeSetupLinkInput) input: RevokeSetupLinkInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { connection: await revokeSetupLink(ctx, input.connectionId) }
  }
}

/** What whoever has a setup link does, signed in or not: the secret is the only thing that counts. */
@Resolver()
export class SetupLinkResolver {
  @Query(() => ConnectionSetupType, {
    description:
      'For whoever has a setup link. NOT_FOUND once it has expired, was revoked, or the connection is enabled.',
  })
  connectionSetup(@Arg('token', () => String) token: string, @Ctx() ctx: RequestContext) {
    return readConnectionSetup(ctx, token)
  }

  @Mutation(() => ConnectionSetupPayload, {
    description:
      'For whoever has a setup link: what the connection knows of its identity provider. CONFLICT STALE_REVISION.',
  })
  async saveConnectionSetup(
    @Arg('input', () => SaveConnectionSetupInput) input: SaveConnectionSetupInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { token, expectedRevision, ...settings } = input
    return { setup: await saveConnectionSetup(ctx, token, expectedRevision ?? null, settings) }
  }

  @Mutation(() => ConnectionSetupPayload, {
    description: 'For whoever has a setup link: how far they are, which the owners see, as setSsoSetupProgress.',
  })
  async noteConnectionSetup(
    @Arg('input', () => NoteConnectionSetupInput) input: NoteConnectionSetupInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { token, ...progress } = input
    return { setup: await noteConnectionSetup(ctx, token, progress) }
  }

  @Mutation(() => TestConnectionSetupPayload, {
    description: 'For whoever has a setup link: starts a test, as startTestSignIn. CONFLICT CONNECTION_INCOMPLETE.',
  })
  testConnectionSetup(
    @Arg('input', () => TestConnectionSetupInput) { token }: TestConnectionSetupInput,
    @Ctx() ctx: RequestContext,
  ) {
    return testConnectionSetup(ctx, token)
  }
}
