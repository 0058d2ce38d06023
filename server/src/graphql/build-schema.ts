import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchema } from 'type-graphql'
import { OrganizationResolver } from '../organization/organization.resolver.ts'

/** The executable schema: the list of resolvers and nothing else. Meaning is checked by operations, not here. */
export function buildGatehouseSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      OrganizationResolver,
    ],
    validate: false,
  })
}
