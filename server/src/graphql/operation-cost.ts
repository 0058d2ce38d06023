import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** What one operation may cost; docs/api-limits.md explains the formula. */
export const mostCost = 10_000

/** What each field that changes something costs, besides what it answers with. */
const changeCost = 10
/** What a list that is not asked for in pages counts as. */
const assumedLength = 10
/** What introspection costs, however much of it is asked for: the answer has an end. */
const introspectionCost = 100
/** As much as a page may have, and what one counts as whose size is none. */
const mostOnPage = 100

const bounded = (size: unknown): number => {
  if (size === null) return 0
  return typeof size === 'number' && Number.isFinite(size) ? Math.min(Math.max(size, 0), mostOnPage) : mostOnPage
}

/** Adds up an operation with its variables. */
class Measure {
  readonly #schema: GraphQLSchema
  readonly #variables: Readonly<Record<string, unknown>>
  readonly #operation: OperationDefinitionNode
  readonly #fragments = new Map<string, FragmentDefinitionNode>()
  /** By name and, inside a page, its rows: a fragment is added up once, however often it is spread. */
  readonly #ofFragments = new Map<string, number>()

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema
    this.#variables = variables
    this.#operation = operation
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition)
    }
  }

  total(): number {
    const root = this.#schema.getRootType(this.#operation.operation)
    return root == null ? 0 : this.#selections(this.#operation.selectionSet, root, null)
  }

  /** @param rows of the page whose fields these are; null outside of one */
  #selections(set: SelectionSetNode | undefined, parent: GraphQLCompositeType, rows: number | null): number {
    let total = 0
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) total += this.#field(selection, parent, rows)
      else if (selection.kind === Kind.FRAGMENT_SPREAD) total += this.#fragment(selection.name.value, rows)
      else total += this.#selections(selection.selectionSet, this.#typeOf(selection.typeCondition, parent), rows)
    }
    return total
  }

  #fragment(name: string, rows: number | null): number {
    const key = `${name} ${rows}`
    const known = this.#ofFragments.get(key)
    if (known !== undefined) return known
    const fragment = this.#fragments.get(name)
    const type = fragment && this.#typeOf(fragment.typeCondition, null)
    const cost = type == null ? 0 : this.#selections(fragment?.selectionSet, type, rows)
    this.#ofFragments.set(key, cost)
    return cost
  }

  #typeOf<Otherwise>(condition: { name: { value: string } } | undefined, otherwise: Otherwise) {
    const type = condition === undefined ? undefined : this.#schema.getType(condition.name.value)
    return isCompositeType(type) ? type : otherwise
  }

  #field(field: FieldNode, parent: GraphQLCompositeType, rows: number | null): number {
    const name = field.name.value
    if (name === '__schema' || name === '__type') return introspectionCost
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
    if (definition === undefined) return 0
    const changes = parent === this.#schema.getMutationType() ? changeCost : 0
    const { type } = definition
    const named = getNamedType(type)
    if (!isCompositeType(named)) return changes
    const isPaged = named.name.endsWith('Connection') && definition.args.some((argument) => argument.name === 'first')
    const inner = this.#selections(field.selectionSet, named, isPaged ? this.#pageSize(field) : null)
    // Of a page: `nodes`, and `edges`, which cost nothing themselves, each as often as there are rows.
    if (rows !== null && name === 'nodes') return rows * (1 + inner)
    if (rows !== null && name === 'edges') return rows * inner
    return changes + (isListType(getNullableType(type)) ? assumedLength : 1) * (1 + inner)
  }

  /** How many rows the field asks for, whatever nonsense the variables hold: the operation refuses that by itself. */
  #pageSize({ arguments: given = [] }: FieldNode): number {
    const sizes = given
      .filter(({ name }) => name.value === 'first' || name.value === 'last')
      .map(({ value }) => {
        if (value.kind === Kind.INT) return bounded(Number(value.value))
        return value.kind === Kind.VARIABLE ? bounded(this.#variable(value.name.value)) : 0
      })
    return Math.max(0, ...sizes)
  }

  #variable(name: string): unknown {
    if (this.#variables[name] !== undefined) return this.#variables[name]
    const definition = this.#operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)
    const usual = definition?.defaultValue
    return usual?.kind === Kind.INT ? Number(usual.value) : null
  }
}

/**
 * What an operation costs before it runs: one for each object that it may load, a page as many times as it asks for rows.
 * @param operation of `document`, which was validated against `schema`
 * @returns at least 1
 */
export const operationCost = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number => Math.max(1, new Measure(schema, document, operation, variables).total())
