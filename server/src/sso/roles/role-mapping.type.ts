import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { RoleType } from '../../access/role.type.ts'
import { SsoConnectionType } from '../sso-connection.type.ts'

@ObjectType('RoleMapping', {
  simpleResolvers: true,
  description:
    'A rule of a connection: whoever has the value under the name gets the role at sign-in. The first rule that applies counts.',
})
export class RoleMappingType {
  @Field(() => String, { description: 'The name of a SAML attribute or of a claim, exactly as it arrives.' })
  attribute!: string

  @Field(() => String, { description: 'Compared exactly; ids in the form of a UUID in any letter case.' })
  value!: string

  @Field(() => String, { nullable: true, description: 'What people call the value, where it is an id.' })
  label!: string | null

  @Field(() => RoleType)
  role!: RoleType
}

@InputType('RoleMappingInput')
export class RoleMappingInput {
  @Field(() => String, {
    description: 'Such as groups, or http://schemas.microsoft.com/ws/2008/06/identity/claims/role.',
  })
  attribute!: string

  @Field(() => String, { description: 'At most 256 characters.' })
  value!: string

  @Field(() => String, { nullable: true, description: 'At most 100 characters.' })
  label?: string | null

  @Field(() => String, { description: 'A role key; not owner, and never more than the caller’s own.' })
  role!: string
}

@InputType('SetRoleMappingsInput')
export class SetRoleMappingsInput {
  @Field(() => ID)
  connectionId!: string

  @Field(() => Int, { nullable: true, description: 'CONFLICT STALE_REVISION when it is another one by now.' })
  expectedRevision?: number | null

  @Field(() => [RoleMappingInput], { description: 'All rules, in their order; none: sign-ins change no role.' })
  mappings!: RoleMappingInput[]
}

@ObjectType('SetRoleMappingsPayload', { simpleResolvers: true })
export class SetRoleMappingsPayload {
  @Field(() => SsoConnectionType)
  connection!: SsoConnectionType
}
