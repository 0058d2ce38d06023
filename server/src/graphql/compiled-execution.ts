import type { ApolloServerOptionsWithGateway } from '@apollo/server'
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'
import { LRUCache } from 'lru-cache'
import type { RequestContext } from '../access/request-context.ts'
import { isSmall } from './operation-size.ts'

type Gateway = ApolloServerOptionsWithGateway<RequestContext>['gateway']

/** What a document's queries are executed by, by the name of the operation; null: by graphql-js. */
type Compiled = Map<string, CompiledQuery['query'] | null>

/** How many documents are remembered, those that were seen once included. */
const mostRemembered = 100

/** A compiled query's errors lack what Apollo takes for granted of a GraphQLError. */
const inFull = ({ message, path, locations, originalError }: GraphQLError): GraphQLError =>
  Object.defineProperty(new GraphQLError(message, { path, originalError }), 'locations', {
    value: locations,
    enumerable: true,
  })

const unknownOperation = (name: string | undefined): GraphQLError =>
  new GraphQLError(
    name === undefined ? 'Name one of the operations, as there are several.' : `There is no operation named ${name}.`,
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } },
  )

/**
 * How operations are executed: a query that is asked again is compiled to a function of its own, which takes less CPU
 * (docs/decisions/0037). One that is asked once is not, for to compile takes longer than to execute; nor is one that is
 * large once its fragments are spread out, for to compile it could take any time; nor is a mutation.
 */
export function compiledExecution(schema: GraphQLSchema): Gateway {
  const remembered = new LRUCache<DocumentNode, Compiled>({ max: mostRemembered })

  function compile(document: DocumentNode, operationName: string | null): CompiledQuery['query'] | null {
    const compiled = isSmall(document) && compileQuery(schema, document, operationName ?? undefined)
    // What it cannot compile, graphql-js refuses in its own words.
    return compiled !== false && isCompiledQuery(compiled) ? compiled.query : null
  }

  /** From the second time on that it is asked for. */
  function findCompiled(document: DocumentNode, operationName: string | null): CompiledQuery['query'] | null {
    const compiled = remembered.get(document)
    if (compiled === undefined) {
      remembered.set(document, new Map())
      return null
    }
    const name = operationName ?? ''
    const known = compiled.get(name)
    if (known !== undefined) return known
    const query = compile(document, operationName)
    compiled.set(name, query)
    return query
  }

  return {
    onSchemaLoadOrUpdate(take) {
      take({ apiSchema: schema, coreSupergraphSdl: '' })
      return () => {}
    },
    load: () =>
      Promise.resolve({
        async executor({ document, operationName, request, context, ...rest }): Promise<ExecutionResult> {
          // Its type promises an operation, but the document may have none of this name.
          const operation: OperationDefinitionNode | undefined = rest.operation
          if (operation === undefined) return { errors: [unknownOperation(request.operationName)] }
          const variables = request.variables ?? {}
          const isQuery = operation.operation === OperationTypeNode.QUERY
          const query = isQuery ? findCompiled(document, operationName) : null
          const result = query === null ? null : await query(undefined, context, variables)
          if (result !== null && result.errors === undefined) return result
          // Wrong variables: nothing of it ran, and graphql-js says which of them it is.
          if (result?.errors?.every(({ path }) => path !== undefined)) {
            return { ...result, errors: result.errors.map(inFull) }
          }
          return execute({ schema, document, contextValue: context, variableValues: variables, operationName })
        },
      }),
    stop: () => Promise.resolve(),
  }
}
