import { type ASTVisitor, GraphQLError, Kind, type SelectionSetNode, type ValidationContext } from 'graphql'

/** The most a single document may ask for; docs/errors.md names them. */
export const operationLimits = { tokens: 4000, depth: 15, aliases: 60, rootFields: 20 }

const refuse = (context: ValidationContext, message: string): void =>
  context.reportError(new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }))

/** How deep a selection nests, how many aliases it has in all, and how many fields at its top. */
type Size = { depth: number; aliases: number; fields: number }

const nothing: Size = { depth: 0, aliases: 0, fields: 0 }

const sum = (a: Size, b: Size): Size => ({
  depth: Math.max(a.depth, b.depth),
  aliases: a.aliases + b.aliases,
  fields: a.fields + b.fields,
})

/** Measures selections; a fragment counts, in full, wherever it is spread, since that is what it costs to execute. */
function createMeasure(context: ValidationContext): (selectionSet: SelectionSetNode | undefined) => Size {
  const fragments = new Map<string, Size>()
  const ofFragment = (name: string): Size => {
    const known = fragments.get(name)
    if (known !== undefined) return known
    // One that spreads itself counts nothing there: another rule refuses it.
    fragments.set(name, nothing)
    const size = measure(context.getFragment(name)?.selectionSet)
    fragments.set(name, size)
    return size
  }
  const measure = (selectionSet: SelectionSetNode | undefined): Size =>
    (selectionSet?.selections ?? []).reduce<Size>((size, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return sum(size, ofFragment(selection.name.value))
      const inner = measure(selection.selectionSet)
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum(size, inner)
      const aliases = inner.aliases + (selection.alias === undefined ? 0 : 1)
      return sum(size, { depth: inner.depth + 1, aliases, fields: 1 })
    }, nothing)
  return measure
}

/** Refuses documents that nest or alias beyond the limits. */
export function limitOperations(context: ValidationContext): ASTVisitor {
  const measure = createMeasure(context)
  let aliases = 0
  return {
    OperationDefinition(node) {
      const size = measure(node.selectionSet)
      aliases += size.aliases
      if (size.depth > operationLimits.depth) refuse(context, `Nest fields at most ${operationLimits.depth} deep.`)
      if (size.fields > operationLimits.rootFields) {
        refuse(context, `Ask for at most ${operationLimits.rootFields} root fields in one operation.`)
      }
    },
    Document: {
      leave() {
        if (aliases > operationLimits.aliases) {
          refuse(context, `Use at most ${operationLimits.aliases} aliases in one document.`)
        }
      },
    },
  }
}
