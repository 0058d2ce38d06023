import { type GraphQLFieldMap, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql'
import type { Connection } from '../core/pagination.ts'
import { nodeTypeName } from '../relay/node.type.ts'

/** What of a Connection is a function, called only where it is asked for. */
const lazyFields = ['edges', 'totalCount'] as const

/**
 * Makes explicit what a compiled query does not do by itself: it calls no function that it finds in a property, and waits
 * for no promise of a type's name.
 */
export function resolvePlainly(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = nodeTypeName
    if (!isObjectType(type)) continue
    const fields: GraphQLFieldMap<Connection<unknown>, unknown> = type.getFields()
    if (fields['pageInfo'] === undefined) continue
    for (const name of lazyFields) {
      const field = fields[name]
      if (field !== undefined) field.resolve = (connection) => connection[name]()
    }
  }
}
