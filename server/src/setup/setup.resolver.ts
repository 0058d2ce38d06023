import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { completeSetup } from './complete-setup.ts'
import { createOrganization } from './create-organization.ts'
import { CompleteSetupInput, CreateOrganizationInput } from './setup.input.ts'
import { CompleteSetupPayload, CreateOrganizationPayload } from './setup.type.ts'
import { setupRequired } from './setup-required.ts'

@Resolver()
export class SetupResolver {
  @Query(() => Boolean, { description: 'True until completeSetup has made the first organization and its owner.' })
  setupRequired(@Ctx() ctx: RequestContext) {
    return setupRequired(ctx)
  }

  @Mutation(() => CompleteSetupPayload, {
    description:
      'First run only. The server prints the setup token (or takes SETUP_TOKEN from the environment); it works once.',
  })
  completeSetup(@Arg('input', () => CompleteSetupInput) input: CompleteSetupInput, @Ctx() ctx: RequestContext) {
    return completeSetup(ctx, input)
  }

  @Mutation(() => CreateOrganizationPayload, { description: 'By an owner of an organization, signed in by password.' })
  async createOrganization(
    @Arg('input', () => CreateOrganizationInput) input: CreateOrganizationInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { organization: await createOrganization(ctx, input) }
  }
}
