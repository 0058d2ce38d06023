import { Field, ObjectType } from 'type-graphql'
import { NodeType } from '../relay/node.type.ts'
import { AttributeMappingType, SsoConnectionType } from './sso-connection.type.ts'

@ObjectType('OktaConnection', {
  implements: [NodeType, SsoConnectionType],
  simpleResolvers: true,
  description: 'Okta Workforce, over OpenID Connect.',
})
export class OktaConnectionType extends SsoConnectionType {
  @Field(() => String, { description: 'The host of the Okta organization, such as acme.okta.com.' })
  oktaDomain!: string

  @Field(() => String, { description: 'As the discovery document and ID tokens name it.' })
  issuer!: string

  @Field(() => String)
  clientId!: string

  @Field(() => AttributeMappingType)
  attributeMapping!: AttributeMappingType
}

@ObjectType('OidcConnection', {
  implements: [NodeType, SsoConnectionType],
  simpleResolvers: true,
  description: 'OpenID Connect, with any issuer.',
})
export class OidcConnectionType extends SsoConnectionType {
  @Field(() => String, { description: 'As the discovery document and ID tokens name it.' })
  issuer!: string

  @Field(() => String)
  clientId!: string

  @Field(() => AttributeMappingType)
  attributeMapping!: AttributeMappingType
}

@ObjectType('OktaConnectionPayload', { simpleResolvers: true })
export class OktaConnectionPayload {
  @Field(() => OktaConnectionType)
  connection!: OktaConnectionType
}

@ObjectType('OidcConnectionPayload', { simpleResolvers: true })
export class OidcConnectionPayload {
  @Field(() => OidcConnectionType)
  connection!: OidcConnectionType
}

@ObjectType('ReserveSsoConnectionPayload', { simpleResolvers: true })
export class ReserveSsoConnectionPayload {
  @Field(() => String, { description: 'To be passed to createOktaConnection or createOidcConnection within a day.' })
  reservation!: string

  @Field(() => String, { description: 'As SsoConnection.loginUrl.' })
  loginUrl!: string

  @Field(() => String, { description: 'As SsoConnection.redirectUrl.' })
  redirectUrl!: string
}
