import { Field, ID, Int, ObjectType } from 'type-graphql'
import { RoleType } from '../access/role.type.ts'

@ObjectType('Permission', {
  simpleResolvers: true,
  description: 'One thing that a role may allow, in plain words. docs/authorization.md has the table.',
})
export class PermissionType {
  @Field(() => String, { description: 'The noun:verb literal, such as member:read.' })
  key!: string

  @Field(() => String, { description: 'What it is about, to show the permissions of one thing together.' })
  group!: string

  @Field(() => String)
  name!: string

  @Field(() => String)
  description!: string

  @Field(() => String, { nullable: true, description: 'The literal of another one without which it is of no use.' })
  requires!: string | null

  @Field(() => Boolean, { description: 'The viewer may put it into a role now.' })
  viewerCanGrant!: boolean
}

@ObjectType('RoleOverview', {
  simpleResolvers: true,
  description: 'A role with who has it in this organization, and what the viewer may do with it now.',
})
export class RoleOverviewType {
  @Field(() => RoleType)
  role!: RoleType

  @Field(() => Int)
  memberCount!: number

  @Field(() => Int, { nullable: true, description: 'Null without the permission accessToken:read.' })
  accessTokenCount!: number | null

  @Field(() => Boolean)
  viewerCanChange!: boolean

  @Field(() => Boolean)
  viewerCanDelete!: boolean

  @Field(() => [RoleType], { description: 'The roles that whoever has it may be given when the viewer deletes it.' })
  replacements!: RoleType[]
}

@ObjectType('RolePayload', { simpleResolvers: true })
export class RolePayload {
  @Field(() => RoleType)
  role!: RoleType
}

@ObjectType('DeleteRolePayload', { simpleResolvers: true })
export class DeleteRolePayload {
  @Field(() => ID)
  deletedRoleId!: string
}
