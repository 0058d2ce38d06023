import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { OrganizationType } from '../../organization/organization.type.ts'
import { createRecoveryCodes } from './create-recovery-codes.ts'
import { getRecoveryCodes, getRecoveryCodeUses } from './get-recovery-codes.ts'
import {
  CreateRecoveryCodesInput,
  CreateRecoveryCodesPayload,
  RecoveryCodesType,
  RecoveryCodeUseType,
  UseRecoveryCodeInput,
  UseRecoveryCodePayload,
} from './recovery-code.type.ts'
import { useRecoveryCode } from './use-recovery-code.ts'

@Resolver(() => OrganizationType)
export class RecoveryCodeResolver {
  @FieldResolver(() => RecoveryCodesType, {
    nullable: true,
    description: "The viewer's own; null for everybody but owners.",
  })
  recoveryCodes(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return getRecoveryCodes(ctx, organization.id)
  }

  @FieldResolver(() => [RecoveryCodeUseType], {
    description: 'The latest ten of the last ninety days, newest first. Needs the permission sso:read.',
  })
  recoveryCodeUses(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return getRecoveryCodeUses(ctx, organization.id)
  }

  @Mutation(() => CreateRecoveryCodesPayload, {
    description: "Ten codes in the place of the viewer's unused ones. For owners, as people.",
  })
  createRecoveryCodes(
    @Arg('input', () => CreateRecoveryCodesInput) { organizationId }: CreateRecoveryCodesInput,
    @Ctx() ctx: RequestContext,
  ) {
    return createRecoveryCodes(ctx, organizationId)
  }

  @Mutation(() => UseRecoveryCodePayload, {
    description: 'Opens the settings of single sign-on, and nothing else, to the owner whose code it is.',
  })
  useRecoveryCode(
    @Arg('input', () => UseRecoveryCodeInput) { code }: UseRecoveryCodeInput,
    @Ctx() ctx: RequestContext,
  ) {
    return useRecoveryCode(ctx, code)
  }
}
