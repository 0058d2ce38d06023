import { Field, ID, InputType, Int } from 'type-graphql'
import { AttributeMappingInput } from './sso-connection.input.ts'

@InputType('ReserveSsoConnectionInput')
export class ReserveSsoConnectionInput {
  @Field(() => ID)
  organizationId!: string
}

@InputType('NewOidcConnectionInput')
abstract class NewOidcConnectionInputType {
  @Field(() => ID)
  organizationId!: string

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => String)
  clientId!: string

  @Field(() => String, { description: 'Never shown again.' })
  clientSecret!: string

  @Field(() => AttributeMappingInput, {
    nullable: true,
    description: 'The names of the claims to read; null or empty: sub, email, name.',
  })
  attributeMapping?: AttributeMappingInput | null

  @Field(() => String, {
    nullable: true,
    description: 'Of reserveSsoConnection: the connection gets the addresses that were shown there.',
  })
  reservation?: string | null
}

/** Absent or null is unchanged, but for the mapping, which null clears. */
@InputType('OidcConnectionChangesInput')
abstract class OidcConnectionChangesInputType {
  @Field(() => ID)
  connectionId!: string

  @Field(() => Int, { nullable: true, description: 'The revision you saw; another one refuses the change.' })
  expectedRevision?: number | null

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => String, { nullable: true })
  clientId?: string | null

  @Field(() => String, { nullable: true, description: 'Absent: the secret stays.' })
  clientSecret?: string | null

  @Field(() => AttributeMappingInput, { nullable: true })
  attributeMapping?: AttributeMappingInput | null
}

@InputType('CreateOktaConnectionInput')
export class CreateOktaConnectionInput extends NewOidcConnectionInputType {
  @Field(() => String, { description: 'acme.okta.com, a full URL, or the -admin host: normalised.' })
  oktaDomain!: string
}

@InputType('UpdateOktaConnectionInput')
export class UpdateOktaConnectionInput extends OidcConnectionChangesInputType {
  @Field(() => String, { nullable: true })
  oktaDomain?: string | null
}

@InputType('CreateOidcConnectionInput')
export class CreateOidcConnectionInput extends NewOidcConnectionInputType {
  @Field(() => String, { description: 'https; where /.well-known/openid-configuration is found.' })
  issuer!: string
}

@InputType('UpdateOidcConnectionInput')
export class UpdateOidcConnectionInput extends OidcConnectionChangesInputType {
  @Field(() => String, { nullable: true })
  issuer?: string | null
}
