import { type ASTVisitor, GraphQLError, Kind, type ValidationContext } from 'graphql'

/** The most a single document may ask for; docs/errors.md names them. */
export const operationLimits = { tokens: 4000, depth: 15, aliases: 60, rootFields: 20 }

const refuse = (context: ValidationContext, message: string): void =>
  context.reportError(new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }))

/** Refuses documents that nest or alias beyond the limits. Fragments count where they are written. */
export function limitOperations(context: ValidationContext): ASTVisitor {
  let depth = 0
  let aliases = 0
  return {
    Field: {
      enter(node) {
        depth += 1
        if (node.alias !== undefined) aliases += 1
        if (depth === operationLimits.depth + 1) {
          refuse(context, `Nest fields at most ${operationLimits.depth} deep.`)
        }
        if (aliases === operationLimits.aliases + 1) {
          refuse(context, `Use at most ${operationLimits.aliases} aliases in one document.`)
        }
      },
      leave() {
        depth -= 1
      },
    },
    OperationDefinition(node) {
      const fields = node.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD)
      if (fields.length > operationLimits.rootFields) {
        refuse(context, `Ask for at most ${operationLimits.rootFields} root fields in one operation.`)
      }
    },
  }
}
