import { Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql'
import { DateTime } from '../relay/date-time.ts'
import { NodeType, nodeTypeName } from '../relay/node.type.ts'

@InterfaceType('SsoConnection', {
  implements: NodeType,
  resolveType: nodeTypeName,
  description: 'The link from an organization to its identity provider.',
})
export abstract class SsoConnectionType extends NodeType {
  @Field(() => String)
  name!: string

  @Field(() => Boolean)
  enabled!: boolean

  @Field(() => String, { description: 'Where members start: the SSO login URL.' })
  loginUrl!: string

  @Field(() => String, {
    description:
      'Where the identity provider sends members back: the ACS URL (SAML) or the redirect URI (OpenID Connect).',
  })
  redirectUrl!: string

  @Field(() => DateTime, {
    nullable: true,
    description: 'The first successful sign-in with the current settings; null again whenever they change.',
  })
  verifiedAt!: Date | null

  @Field(() => Int, {
    description:
      'Raised by one at every change; pass it as expectedRevision to refuse a lost update (CONFLICT STALE_REVISION).',
  })
  revision!: number

  @Field(() => Boolean, {
    description: 'False while something that a sign-in needs is missing, such as the Single Sign-On URL.',
  })
  complete!: boolean

  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime)
  updatedAt!: Date
}

@ObjectType('IdpCertificate', { simpleResolvers: true, description: 'A key that the identity provider signs with.' })
export class IdpCertificateType {
  @Field(() => String)
  subject!: string

  @Field(() => String, { description: 'SHA-256 of the certificate, in upper-case hex with colons.' })
  fingerprintSha256!: string

  @Field(() => DateTime)
  notBefore!: Date

  @Field(() => DateTime)
  notAfter!: Date

  @Field(() => String)
  pem!: string

  @Field(() => [String], {
    description: 'In plain words: expired, expires soon, not yet valid. They do not keep it from being used.',
  })
  warnings!: string[]
}

@ObjectType('AttributeMapping', {
  simpleResolvers: true,
  description: 'The names of the attributes that are read. Null: the usual names of the known identity providers.',
})
export class AttributeMappingType {
  @Field(() => String, { nullable: true })
  subject!: string | null

  @Field(() => String, { nullable: true })
  email!: string | null

  @Field(() => String, { nullable: true })
  name!: string | null
}

@ObjectType('SamlConnection', {
  implements: [NodeType, SsoConnectionType],
  simpleResolvers: true,
  description: 'SAML 2.0.',
})
export class SamlConnectionType extends SsoConnectionType {
  @Field(() => String, {
    nullable: true,
    description: "The dialog's Single Sign-On URL: where authentication requests go.",
  })
  idpSsoUrl!: string | null

  @Field(() => String, { description: "The dialog's Entity ID: our name in this trust, the Audience we require." })
  spEntityId!: string

  @Field(() => String, { nullable: true, description: 'The Issuer we require; null while unknown.' })
  idpEntityId!: string | null

  @Field(() => [IdpCertificateType])
  idpCertificates!: IdpCertificateType[]

  @Field(() => String)
  spMetadataUrl!: string

  @Field(() => String, {
    nullable: true,
    description: "Where the identity provider's metadata was fetched from, when it came by URL.",
  })
  idpMetadataUrl!: string | null

  @Field(() => String, { nullable: true, description: 'Where LogoutRequests go. Null: no single logout.' })
  idpSloUrl!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Where LogoutResponses go when that is another address than idpSloUrl.',
  })
  idpSloResponseUrl!: string | null

  @Field(() => String, { description: 'Our own single logout service: where the identity provider sends people.' })
  logoutUrl!: string

  @Field(() => Boolean, { description: 'Takes sign-ins that start at the identity provider.' })
  allowIdpInitiated!: boolean

  @Field(() => Boolean)
  signAuthnRequests!: boolean

  @Field(() => Boolean, { description: 'The identity provider is asked to authenticate at every sign-in.' })
  forceAuthn!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'The authentication context class that is asked for and required, as a URI.',
  })
  requestedAuthnContext!: string | null

  @Field(() => Boolean, { description: 'Decrypts AES-CBC too, as Entra needs.' })
  allowCbcEncryption!: boolean

  @Field(() => AttributeMappingType)
  attributeMapping!: AttributeMappingType
}

@ObjectType('SamlConnectionPayload', { simpleResolvers: true })
export class SamlConnectionPayload {
  @Field(() => SamlConnectionType)
  connection!: SamlConnectionType
}

@ObjectType('SsoConnectionPayload', { simpleResolvers: true })
export class SsoConnectionPayload {
  @Field(() => SsoConnectionType)
  connection!: SsoConnectionType
}

@ObjectType('DeleteSsoConnectionPayload', { simpleResolvers: true })
export class DeleteSsoConnectionPayload {
  @Field(() => ID)
  deletedConnectionId!: string
}

@ObjectType('InspectIdpCertificatesPayload', {
  simpleResolvers: true,
  description: 'BAD_USER_INPUT says what a text is that is no certificate.',
})
export class InspectIdpCertificatesPayload {
  @Field(() => [IdpCertificateType])
  certificates!: IdpCertificateType[]
}

@ObjectType('InspectIdpMetadataPayload', { simpleResolvers: true })
export class InspectIdpMetadataPayload {
  @Field(() => String)
  idpSsoUrl!: string

  @Field(() => String)
  idpEntityId!: string

  @Field(() => [IdpCertificateType])
  idpCertificates!: IdpCertificateType[]

  @Field(() => String, { nullable: true, description: 'As SamlConnection.idpSloUrl; null when it offers none.' })
  idpSloUrl!: string | null

  @Field(() => String, { nullable: true, description: 'As SamlConnection.idpSloResponseUrl.' })
  idpSloResponseUrl!: string | null

  @Field(() => [String])
  warnings!: string[]
}
