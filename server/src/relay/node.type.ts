import { Field, ID, InterfaceType } from 'type-graphql'
import { idPrefix } from '../core/ids.ts'

const typeNames: Record<string, string> = {
  org: 'Organization',
  usr: 'User',
  mem: 'Membership',
  rol: 'Role',
  tok: 'AccessToken',
  aud: 'AuditEvent',
  att: 'SignInAttempt',
  tst: 'SsoTest',
  dom: 'Domain',
  ses: 'Session',
  inv: 'Invitation',
}

/** An SSO connection's type is its protocol's: their ids have one prefix. */
const connectionTypeNames: Record<string, string> = {
  SAML: 'SamlConnection',
  OKTA: 'OktaConnection',
  OIDC: 'OidcConnection',
}

/** The GraphQL type of anything with a global id, told by its prefix; of an SSO connection, by its protocol. */
export function nodeTypeName(value: { id: string; protocol?: string }): string {
  const prefix = idPrefix(value.id) ?? ''
  const name = prefix === 'sso' ? connectionTypeNames[value.protocol ?? ''] : typeNames[prefix]
  if (name === undefined) throw new Error(`no GraphQL type for the id ${value.id}`)
  return name
}

@InterfaceType('Node', {
  description: 'Anything with a global, type-prefixed id.',
  resolveType: nodeTypeName,
})
export abstract class NodeType {
  @Field(() => ID)
  id!: string
}
