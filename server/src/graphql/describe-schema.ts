import {
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql'

type Fields = GraphQLObjectType | GraphQLInterfaceType

const byName = <Named extends { name: string }>(all: readonly Named[]): Named[] =>
  [...all].sort((one, other) => (one.name < other.name ? -1 : 1))
const anchorOf = (name: string): string => name.toLowerCase()
const oneLine = (text: string | null | undefined): string =>
  (text ?? '')
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
    .replace(/<(?=\w)/g, '\\<')
const table = (head: string[], rows: string[][]): string =>
  [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join(
    '\n',
  )

/** Makes the reference of a schema, from its descriptions and nothing else, as Markdown. */
export function describeSchema(schema: GraphQLSchema): string {
  const types = byName(Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__')))
  const { query, mutation } = rootsOf(schema)
  /** Inputs that stand with their mutation. */
  const inline = new Set<GraphQLNamedType | undefined>(
    byName(Object.values(mutation.getFields())).flatMap(({ args }) => args.map(inputOf)),
  )
  const listed = (type: GraphQLNamedType): boolean =>
    !isSpecifiedScalarType(type) && type !== query && type !== mutation && !inline.has(type)

  /** `[Role!]!` with a link, and how many there are in words that need no key. */
  const typeOf = (type: GraphQLType): string => {
    const named = getNamedType(type)
    const shown = String(type).replace(
      named.name,
      listed(named) ? `[${named.name}](#${anchorOf(named.name)})` : named.name,
    )
    return shown.replace(/^\[(?!\w+[\w!]*\]\()/, '\\[')
  }
  const argument = ({ name, type, defaultValue, description }: GraphQLArgument | GraphQLInputField): string[] => [
    `\`${name}\``,
    typeOf(type) + (defaultValue === undefined ? '' : ` = ${JSON.stringify(defaultValue)}`),
    oneLine(description),
  ]
  const field = ({ name, type, args, description }: GraphQLField<unknown, unknown>): string[] => {
    const given = args.length === 0 ? '' : `(${args.map((each) => each.name).join(', ')})`
    const explained = args
      .filter((each) => each.description)
      .map((each) => `\`${each.name}\`: ${oneLine(each.description)}`)
    return [
      `\`${name}${given}\``,
      typeOf(type),
      [oneLine(description), ...explained].filter((text) => text !== '').join('<br>'),
    ]
  }
  const fieldsOf = (type: Fields): string =>
    table(['Field', 'Type', 'What it is'], byName(Object.values(type.getFields())).map(field))
  const inputFieldsOf = (type: GraphQLInputObjectType): string =>
    table(['Input', 'Type', 'What it is'], byName(Object.values(type.getFields())).map(argument))

  // Not by its name alone: a query may be called what its type is called.
  const operation =
    (kind: string) =>
    ({ name, type, args, description }: GraphQLField<unknown, unknown>): string => {
      const [first] = args
      const input = args.length === 1 && first !== undefined ? inputOf(first) : undefined
      const asked = input !== undefined && inline.has(input) ? inputFieldsOf(input) : argumentsTable(args, argument)
      return [`### ${kind} ${name}`, oneLine(description), asked, `Answers ${typeOf(type)}.`]
        .filter((part) => part !== '')
        .join('\n\n')
    }
  const object = (type: Fields): string => {
    const interfaces = type.getInterfaces().map(typeOf)
    const is = interfaces.length === 0 ? '' : `Is a ${interfaces.join(' and a ')}.`
    return [`### ${type.name}`, oneLine(type.description), is, fieldsOf(type)]
      .filter((part) => part !== '')
      .join('\n\n')
  }
  const enumeration = (type: GraphQLEnumType): string => {
    const values = table(
      ['Value', 'What it means'],
      type.getValues().map((value) => [`\`${value.name}\``, oneLine(value.description)]),
    )
    return [`### ${type.name}`, oneLine(type.description), values].filter((part) => part !== '').join('\n\n')
  }
  const section = (title: string, parts: string[]): string => [`## ${title}`, ...parts].join('\n\n')
  return `${[
    '# API reference',
    'Made from the descriptions in [schema.graphql](../schema.graphql); change them in the code and run `npm run generate`. How to call it: [the guide](guides/automation.md). What goes wrong: [errors](errors.md). How much may be asked: [limits](api-limits.md).',
    '[Queries](#queries) · [Mutations](#mutations) · [Objects](#objects) · [Interfaces](#interfaces) · [Inputs](#inputs) · [Enumerations](#enumerations) · [Scalars](#scalars)',
    section('Queries', byName(Object.values(query.getFields())).map(operation('query'))),
    section('Mutations', byName(Object.values(mutation.getFields())).map(operation('mutation'))),
    section('Objects', types.filter(isObjectType).filter(listed).map(object)),
    section('Interfaces', types.filter(isInterfaceType).map(object)),
    section(
      'Inputs',
      types
        .filter(isInputObjectType)
        .filter(listed)
        .map((type) =>
          [`### ${type.name}`, oneLine(type.description), inputFieldsOf(type)]
            .filter((part) => part !== '')
            .join('\n\n'),
        ),
    ),
    section('Enumerations', types.filter(isEnumType).map(enumeration)),
    section(
      'Scalars',
      types
        .filter(isScalarType)
        .filter(listed)
        .map((type) => `### ${type.name}\n\n${oneLine(type.description)}`),
    ),
  ].join('\n\n')}\n`
}

function rootsOf(schema: GraphQLSchema): { query: GraphQLObjectType; mutation: GraphQLObjectType } {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()]
  if (query == null || mutation == null) throw new Error('the schema has no queries or no mutations')
  return { query, mutation }
}

const inputOf = ({ type }: GraphQLArgument): GraphQLInputObjectType | undefined => {
  const named = getNullableType(type)
  return isInputObjectType(named) ? named : undefined
}

const argumentsTable = (args: readonly GraphQLArgument[], row: (argument: GraphQLArgument) => string[]): string =>
  args.length === 0 ? '' : table(['Argument', 'Type', 'What it is'], args.map(row))
