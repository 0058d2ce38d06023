import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import {
  AddDomainInput,
  DomainPayload,
  DomainType,
  RemoveDomainInput,
  RemoveDomainPayload,
  VerifyDomainInput,
} from './domain.type.ts'
import { addDomain, listDomains, removeDomain, verifyDomain } from './manage-domain.ts'

@Resolver(() => OrganizationType)
export class DomainResolver {
  @FieldResolver(() => [DomainType], { description: 'By name. Needs the permission sso:read.' })
  domains(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return listDomains(ctx, organization.id)
  }

  @Mutation(() => DomainPayload, {
    description: 'CONFLICT DOMAIN_EXISTS, TOO_MANY_DOMAINS. The domain counts for nothing until verifyDomain succeeds.',
  })
  async addDomain(
    @Arg('input', () => AddDomainInput) { organizationId, name }: AddDomainInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { domain: await addDomain(ctx, organizationId, name) }
  }

  @Mutation(() => DomainPayload, {
    description:
      'Looks the TXT record up now. That it is not there is no error: it is in domain.problem. CONFLICT DOMAIN_TAKEN.',
  })
  async verifyDomain(
    @Arg('input', () => VerifyDomainInput) { domainId }: VerifyDomainInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { domain: await verifyDomain(ctx, domainId) }
  }

  @Mutation(() => RemoveDomainPayload, {
    description:
      'The organization says no longer whose the addresses there are. Accounts that were connected stay connected. Needs the permission sso:manage.',
  })
  async removeDomain(
    @Arg('input', () => RemoveDomainInput) { domainId }: RemoveDomainInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { removedDomainId: await removeDomain(ctx, domainId) }
  }
}
