import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { RoleType } from '../access/role.type.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { createRole } from './create-role.ts'
import { deleteRole } from './delete-role.ts'
import { listPermissions, listRoleOverview, listRoles } from './list-roles.ts'
import { CreateRoleInput, DeleteRoleInput, UpdateRoleInput } from './role.input.ts'
import { DeleteRolePayload, PermissionType, RoleOverviewType, RolePayload } from './role.type.ts'
import { updateRole } from './update-role.ts'

@Resolver(() => OrganizationType)
export class RoleResolver {
  @FieldResolver(() => [RoleType], {
    description: 'The roles a member can have: the built-in ones, highest first, then the custom ones by name.',
  })
  roles(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return listRoles(ctx, organization.id)
  }

  @FieldResolver(() => [PermissionType], { description: 'Every permission there is, in plain words.' })
  permissions(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return listPermissions(ctx, organization.id)
  }

  @FieldResolver(() => [RoleOverviewType], {
    description: 'The roles with how many have each. Needs the permission member:read.',
  })
  roleOverview(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return listRoleOverview(ctx, organization.id)
  }

  @Mutation(() => RolePayload, { description: 'Makes a custom role that allows no more than the viewer’s own.' })
  async createRole(
    @Arg('input', () => CreateRoleInput) { organizationId, ...role }: CreateRoleInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { role: await createRole(ctx, organizationId, role) }
  }

  @Mutation(() => RolePayload, {
    description:
      'Changes a custom role for everybody who has it, from their next request on. Built-in roles are fixed.',
  })
  async updateRole(
    @Arg('input', () => UpdateRoleInput) { roleId, ...change }: UpdateRoleInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { role: await updateRole(ctx, roleId, change) }
  }

  @Mutation(() => DeleteRolePayload, {
    description: 'Deletes a custom role; members and access tokens that have it get `reassignTo` at the same moment.',
  })
  async deleteRole(@Arg('input', () => DeleteRoleInput) input: DeleteRoleInput, @Ctx() ctx: RequestContext) {
    return { deletedRoleId: await deleteRole(ctx, input.roleId, input.reassignTo ?? null) }
  }
}
