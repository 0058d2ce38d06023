import { Field, ID, InputType, Int } from 'type-graphql'

@InputType('CreateRoleInput')
export class CreateRoleInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => String)
  name!: string

  @Field(() => String, {
    nullable: true,
    description: 'What other calls name the role by; never changes. Made of the name when absent.',
  })
  key?: string | null

  @Field(() => [String], {
    description: 'Literals of Organization.permissions that the caller holds too; organization:read is always in.',
  })
  permissions!: string[]
}

@InputType('UpdateRoleInput')
export class UpdateRoleInput {
  @Field(() => ID)
  roleId!: string

  @Field(() => Int, { nullable: true })
  expectedRevision?: number | null

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => [String], { nullable: true, description: 'All that the role shall allow, not only what is new.' })
  permissions?: string[] | null
}

@InputType('DeleteRoleInput')
export class DeleteRoleInput {
  @Field(() => ID)
  roleId!: string

  @Field(() => String, {
    nullable: true,
    description: 'A role key for whoever has the deleted role. CONFLICT ROLE_IN_USE without it while somebody has.',
  })
  reassignTo?: string | null
}
