import { Field, ID, InterfaceType } from 'type-graphql'
import { idPrefix } from '../core/ids.ts'

const typeNames: Record<string, string> = {
  org: 'Organization',
  usr: 'User',
  mem: 'Membership',
  rol: 'Role',
  sso: 'SamlConnection',
  tok: 'AccessToken',
  aud: 'AuditEvent',
  att: 'SignInAttempt',
  tst: 'SsoTest',
  dom: 'Domain',
}

/** The GraphQL type of anything with a global id, told by its prefix. */
export function nodeTypeName(value: { id: string }): string {
  const name = typeNames[idPrefix(value.id) ?? '']
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
