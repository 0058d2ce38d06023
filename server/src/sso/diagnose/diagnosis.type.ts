import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { SignInCheckType } from '../sign-in-attempt.type.ts'
import { IdpCertificateType } from '../sso-connection.type.ts'

enum DiagnosisKindEnum {
  ENTRA_ERROR = 'ENTRA_ERROR',
  GOOGLE_ERROR = 'GOOGLE_ERROR',
  OUR_REFUSAL = 'OUR_REFUSAL',
  SAML_RESPONSE = 'SAML_RESPONSE',
  SAML_REQUEST = 'SAML_REQUEST',
  LOGOUT_MESSAGE = 'LOGOUT_MESSAGE',
  ASSERTION = 'ASSERTION',
  IDP_METADATA = 'IDP_METADATA',
  SP_METADATA = 'SP_METADATA',
  CERTIFICATE = 'CERTIFICATE',
  PRIVATE_KEY = 'PRIVATE_KEY',
  OIDC_ERROR = 'OIDC_ERROR',
  DISCOVERY_DOCUMENT = 'DISCOVERY_DOCUMENT',
  TOKEN = 'TOKEN',
  ADDRESS = 'ADDRESS',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(DiagnosisKindEnum, { name: 'DiagnosisKind', description: 'What a pasted text is.' })

@InputType('DiagnoseInput')
export class DiagnoseInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => ID, { nullable: true, description: 'The connection to compare with, where there is one.' })
  connectionId?: string | null

  @Field(() => String, {
    description:
      'An error of Microsoft Entra or of OpenID Connect, a SAMLResponse or SAMLRequest in any form, an export of SAML-tracer, metadata, a discovery document, a certificate, a token, an address, our own reference or reason. At most 350 KiB.',
  })
  text!: string
}

@ObjectType('DiagnosePayload', {
  simpleResolvers: true,
  description: 'Nothing of the text is stored, logged or used: a response in it signs nobody in.',
})
export class DiagnosePayload {
  @Field(() => DiagnosisKindEnum)
  kind!: DiagnosisKindEnum

  @Field(() => String)
  title!: string

  @Field(() => String)
  explanation!: string

  @Field(() => [String], { description: 'In sentences, the first thing first.' })
  whatToDo!: string[]

  @Field(() => [SignInCheckType], {
    description: 'Of a response, a request or a token: what the connection expects, and what stands there.',
  })
  checks!: SignInCheckType[]

  @Field(() => [String], { description: 'The titles of the checks that an earlier failure kept from running.' })
  notReached!: string[]

  @Field(() => [IdpCertificateType], { description: 'Those in the text.' })
  certificates!: IdpCertificateType[]
}
