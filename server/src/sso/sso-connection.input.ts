import { Field, ID, InputType, Int } from 'type-graphql'

/** In an update: absent is unchanged, null or empty is cleared. */
@InputType('SamlSettingsInput')
abstract class SamlSettingsInputType {
  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => String, { nullable: true, description: 'https; where authentication requests go.' })
  idpSsoUrl?: string | null

  @Field(() => String, { nullable: true, description: 'Our name in this trust. Default: the URL of our metadata.' })
  spEntityId?: string | null

  @Field(() => String, { nullable: true, description: 'Null: learned at the first successful sign-in.' })
  idpEntityId?: string | null

  @Field(() => [String], {
    nullable: true,
    description: 'PEM, bare Base64 or Base64 of DER; several are several trusted keys.',
  })
  idpCertificates?: string[] | null

  @Field(() => String, {
    nullable: true,
    description:
      'IdP metadata as XML or as the URL to fetch; it fills idpSsoUrl, idpEntityId and idpCertificates where they are not given themselves.',
  })
  idpMetadataXml?: string | null

  @Field(() => String, { nullable: true })
  idpMetadataUrl?: string | null
}

@InputType('CreateSamlConnectionInput')
export class CreateSamlConnectionInput extends SamlSettingsInputType {
  @Field(() => ID)
  organizationId!: string
}

@InputType('UpdateSamlConnectionInput')
export class UpdateSamlConnectionInput extends SamlSettingsInputType {
  @Field(() => ID)
  connectionId!: string

  @Field(() => Int, { nullable: true, description: 'The revision you saw; another one refuses the change.' })
  expectedRevision?: number | null
}

@InputType('SetSsoConnectionEnabledInput')
export class SetSsoConnectionEnabledInput {
  @Field(() => ID)
  connectionId!: string

  @Field(() => Boolean)
  enabled!: boolean
}

@InputType('DeleteSsoConnectionInput')
export class DeleteSsoConnectionInput {
  @Field(() => ID)
  connectionId!: string
}

@InputType('InspectIdpCertificatesInput')
export class InspectIdpCertificatesInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => [String], { description: 'Each one as in CreateSamlConnectionInput.idpCertificates.' })
  certificates!: string[]
}

@InputType('InspectIdpMetadataInput', { description: 'Exactly one of xml and url.' })
export class InspectIdpMetadataInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => String, { nullable: true })
  xml?: string | null

  @Field(() => String, { nullable: true })
  url?: string | null
}
