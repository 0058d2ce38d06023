import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { RoleType } from '../../access/role.type.ts'
import { RoleMappingInput } from '../roles/role-mapping.type.ts'
import { SignInCheckType } from '../sign-in-attempt.type.ts'
import { SsoConnectionType } from '../sso-connection.type.ts'

export enum SimulatedAccountEnum {
  KNOWN = 'KNOWN',
  CREATED = 'CREATED',
  LINKED = 'LINKED',
  ASKED_TO_PROVE = 'ASKED_TO_PROVE',
  REFUSED = 'REFUSED',
}
registerEnumType(SimulatedAccountEnum, {
  name: 'SimulatedAccount',
  description:
    'What a sign-in would do with accounts: KNOWN leads to the one that the connection knows; LINKED connects an existing one without a proof; ASKED_TO_PROVE asks whoever signs in to prove that it is theirs.',
})

@InputType('SimulatedAttributeInput')
export class SimulatedAttributeInput {
  @Field(() => String)
  name!: string

  @Field(() => [String], { description: 'None: the identity provider says that there is none.' })
  values!: string[]
}

@InputType('SimulateSignInInput')
export class SimulateSignInInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => String, { nullable: true, description: 'Whose sign-in. Either this or attemptId.' })
  email?: string | null

  @Field(() => ID, { nullable: true, description: 'A stored attempt, looked at again as things stand now.' })
  attemptId?: string | null

  @Field(() => ID, { nullable: true, description: 'Through this connection; absent: the one they would come through.' })
  connectionId?: string | null

  @Field(() => [SimulatedAttributeInput], {
    nullable: true,
    description: 'What the identity provider would say. Absent: what it said at the attempt, or of the person last.',
  })
  attributes?: SimulatedAttributeInput[] | null

  @Field(() => [RoleMappingInput], {
    nullable: true,
    description: 'Rules to try before they are saved. Absent: those of the connection.',
  })
  mappings?: RoleMappingInput[] | null
}

@ObjectType('SignInSimulation', {
  simpleResolvers: true,
  description: 'What a sign-in would do now, and why. Nothing of it was done.',
})
export class SignInSimulationType {
  @Field(() => String)
  email!: string

  @Field(() => SsoConnectionType, { nullable: true, description: 'Null: nobody could come in by single sign-on.' })
  connection!: SsoConnectionType | null

  @Field(() => SimulatedAccountEnum, { nullable: true })
  account!: SimulatedAccountEnum | null

  @Field(() => RoleType, { nullable: true, description: 'The role that they have now; null: no member.' })
  currentRole!: RoleType | null

  @Field(() => RoleType, { nullable: true, description: 'The role after the sign-in; null: they would not come in.' })
  role!: RoleType | null

  @Field(() => [SignInCheckType], {
    description: 'The reasons, in the order of a sign-in: connection, account, membership, role.',
  })
  checks!: SignInCheckType[]
}
