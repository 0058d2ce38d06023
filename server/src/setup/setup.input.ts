import { Field, InputType } from 'type-graphql'

@InputType('CompleteSetupInput')
export class CompleteSetupInput {
  @Field(() => String, { description: 'Printed by the server when it started, or preset by SETUP_TOKEN.' })
  setupToken!: string

  @Field(() => String)
  organizationName!: string

  @Field(() => String)
  organizationSlug!: string

  @Field(() => String)
  ownerEmail!: string

  @Field(() => String, { nullable: true })
  ownerName?: string | null

  @Field(() => String, { description: 'At least 12 characters.' })
  ownerPassword!: string
}

@InputType('CreateOrganizationInput')
export class CreateOrganizationInput {
  @Field(() => String)
  name!: string

  @Field(() => String, { description: "Stands in the console's addresses." })
  slug!: string
}
