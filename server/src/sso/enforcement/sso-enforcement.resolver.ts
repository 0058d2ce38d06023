import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { OrganizationType } from '../../organization/organization.type.ts'
import { getSsoPolicy } from './get-sso-policy.ts'
import { previewSsoEnforcement } from './preview-sso-enforcement.ts'
import { setSsoEnforcement } from './set-sso-enforcement.ts'
import {
  OrganizationPayload,
  SetSsoEnforcementInput,
  SsoEnforcementPreviewType,
  SsoPolicyType,
} from './sso-enforcement.type.ts'

@Resolver(() => OrganizationType)
export class SsoEnforcementResolver {
  @FieldResolver(() => SsoPolicyType)
  ssoPolicy(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return getSsoPolicy(ctx, organization.id)
  }

  @FieldResolver(() => SsoEnforcementPreviewType, {
    description: 'Needs the permissions sso:read, member:read and accessToken:read.',
  })
  ssoEnforcementPreview(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return previewSsoEnforcement(ctx, organization.id)
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'On trial for 30 minutes, after which it reverts by itself unless an owner signed in through single sign-on meanwhile. Off at once. CONFLICT NO_VERIFIED_CONNECTION, RECOVERY_CODES_MISSING.',
  })
  async setSsoEnforcement(
    @Arg('input', () => SetSsoEnforcementInput) { organizationId, enforced }: SetSsoEnforcementInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { organization: await setSsoEnforcement(ctx, organizationId, enforced) }
  }
}
