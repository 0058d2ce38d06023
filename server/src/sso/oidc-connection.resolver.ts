import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import {
  CreateOidcConnectionInput,
  CreateOktaConnectionInput,
  ReserveSsoConnectionInput,
  UpdateOidcConnectionInput,
  UpdateOktaConnectionInput,
} from './oidc-connection.input.ts'
import {
  OidcConnectionPayload,
  OidcConnectionType,
  OktaConnectionPayload,
  ReserveSsoConnectionPayload,
} from './oidc-connection.type.ts'
import { reserveSsoConnection } from './reserve-sso-connection.ts'
import { createOidcConnection, updateOidcConnection } from './save-oidc-connection.ts'

@Resolver(() => OidcConnectionType)
export class OidcConnectionResolver {
  @Mutation(() => ReserveSsoConnectionPayload, {
    description:
      'The addresses of a connection to be, to enter at the identity provider first. Nothing is made; they are kept for a day.',
  })
  reserveSsoConnection(
    @Arg('input', () => ReserveSsoConnectionInput) { organizationId }: ReserveSsoConnectionInput,
    @Ctx() ctx: RequestContext,
  ) {
    return reserveSsoConnection(ctx, organizationId)
  }

  @Mutation(() => OktaConnectionPayload, { description: 'Okta has to answer: its discovery document is read at once.' })
  async createOktaConnection(
    @Arg('input', () => CreateOktaConnectionInput) input: CreateOktaConnectionInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { organizationId, reservation = null, ...settings } = input
    const of = { organizationId, reservation, protocol: 'OKTA' } as const
    return { connection: await createOidcConnection(ctx, of, settings) }
  }

  @Mutation(() => OktaConnectionPayload, {
    description:
      'An absent field stays as it is; the secret too. A change of what a sign-in depends on takes verifiedAt away. CONFLICT STALE_REVISION. Needs the permission sso:manage.',
  })
  async updateOktaConnection(
    @Arg('input', () => UpdateOktaConnectionInput) input: UpdateOktaConnectionInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { connectionId, expectedRevision = null, ...settings } = input
    const of = { connectionId, expectedRevision, protocol: 'OKTA' } as const
    return { connection: await updateOidcConnection(ctx, of, settings) }
  }

  @Mutation(() => OidcConnectionPayload, {
    description: 'The issuer has to answer: its discovery document is read at once.',
  })
  async createOidcConnection(
    @Arg('input', () => CreateOidcConnectionInput) input: CreateOidcConnectionInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { organizationId, reservation = null, ...settings } = input
    const of = { organizationId, reservation, protocol: 'OIDC' } as const
    return { connection: await createOidcConnection(ctx, of, settings) }
  }

  @Mutation(() => OidcConnectionPayload, {
    description:
      'An absent field stays as it is; the secret too. A change of what a sign-in depends on takes verifiedAt away. CONFLICT STALE_REVISION. Needs the permission sso:manage.',
  })
  async updateOidcConnection(
    @Arg('input', () => UpdateOidcConnectionInput) input: UpdateOidcConnectionInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { connectionId, expectedRevision = null, ...settings } = input
    const of = { connectionId, expectedRevision, protocol: 'OIDC' } as const
    return { connection: await updateOidcConnection(ctx, of, settings) }
  }
}
