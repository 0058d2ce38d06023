import { Field, ID, InputType, Int } from 'type-graphql'

@InputType('AttributeMappingInput')
export class AttributeMappingInput {
  @Field(() => String, { nullable: true, description: 'Lasting and unique within the connection.' })
  subject?: string | null

  @Field(() => String, { nullable: true })
  email?: string | null

  @Field(() => String, { nullable: true })
  name?: string | null
}

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
      'IdP metadata as XML or as the URL to fetch; it fills idpSsoUrl, idpEntityId, idpCertificates and the logout URLs where they are not given themselves.',
  })
  idpMetadataXml?: string | null

  @Field(() => String, { nullable: true })
  idpMetadataUrl?: string | null

  @Field(() => String, { nullable: true, description: 'https; where LogoutRequests go. Null: no single logout.' })
  idpSloUrl?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'https; where LogoutResponses go when that is another address. Null: idpSloUrl.',
  })
  idpSloResponseUrl?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Take sign-ins that start at the identity provider. Default: false.',
  })
  allowIdpInitiated?: boolean | null

  @Field(() => Boolean, { nullable: true, description: 'Sign our authentication requests. Default: false.' })
  signAuthnRequests?: boolean | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Ask the identity provider to authenticate at every sign-in (ForceAuthn). Default: false.',
  })
  forceAuthn?: boolean | null

  @Field(() => String, {
    nullable: true,
    description: 'The authentication context class to ask for and to require, as a URI. Null: none.',
  })
  requestedAuthnContext?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Also decrypt AES-CBC, as Entra needs. Default: false.' })
  allowCbcEncryption?: boolean | null

  @Field(() => AttributeMappingInput, {
    nullable: true,
    description: 'The names of the attributes to read; null or empty: the usual names of the known identity providers.',
  })
  attributeMapping?: AttributeMappingInput | null
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
