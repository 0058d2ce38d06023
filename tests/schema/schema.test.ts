import { readFileSync } from 'node:fs'
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { declaredBreakingChanges } from './breaking-changes.ts'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const sdl = read('../../schema.graphql')
/** Without its descriptions. */
const bare = sdl.replace(/"""[\s\S]*?"""\s*/g, '')
const now = buildSchema(sdl)
const published = buildSchema(read('published.graphql'))

const breaking = (before: GraphQLSchema, after: GraphQLSchema): string[] =>
  findBreakingChanges(before, after).map(({ type, description }) => `${type}: ${description}`)

describe('schema.graphql', () => {
  test('breaks no client of the published schema, but by what is declared in breaking-changes.ts', () => {
    expect(declaredBreakingChanges.every(({ why }) => why.trim() !== '')).toBe(true)
    // Declared and no longer so fails as well: the list says what is true.
    expect(breaking(published, now).sort()).toEqual(declaredBreakingChanges.map(({ change }) => change).sort())
  })

  test.each([
    ['a field that is gone', 'setupRequired: Boolean!', '', 'FIELD_REMOVED: Query.setupRequired was removed.'],
    [
      'an argument that is required now',
      'node(id: ID!): Node',
      'node(id: ID!, really: Boolean!): Node',
      'REQUIRED_ARG_ADDED: A required arg really on Query.node was added.',
    ],
    [
      'an input field of another type',
      'clientSecret: String!',
      'clientSecret: Int!',
      'FIELD_CHANGED_KIND: CreateOidcConnectionInput.clientSecret changed type from String! to Int!.',
    ],
  ])('would be seen to break clients by %s', (_, from, to, change) => {
    expect(bare).toContain(from)
    expect(breaking(buildSchema(bare), buildSchema(bare.replace(from, to)))).toEqual([change])
  })

  test('says what every query, mutation, object, interface and enumeration is', () => {
    const roots = [now.getQueryType(), now.getMutationType()]
    const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}))
    expect(fields.filter(({ description }) => !description).map(({ name }) => name)).toEqual([])
    const speaks = /(Connection|Edge|Payload)$/
    const types = Object.values(now.getTypeMap()).filter(
      (type) =>
        (isObjectType(type) || isInterfaceType(type) || isEnumType(type)) &&
        !type.name.startsWith('__') &&
        !roots.includes(type as never) &&
        !speaks.test(type.name),
    )
    expect(types.length).toBeGreaterThan(30)
    expect(types.filter(({ description }) => !description).map(({ name }) => name)).toEqual([])
  })
})

describe('docs/api-reference.md', () => {
  const reference = read('../../docs/api-reference.md')
  const headings = new Set([...reference.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title))

  test('has a place for every query, mutation and type that a client names', () => {
    for (const [kind, root] of [
      ['query', now.getQueryType()],
      ['mutation', now.getMutationType()],
    ] as const) {
      for (const name of Object.keys(root?.getFields() ?? {})) expect(headings).toContain(`${kind} ${name}`)
    }
    const mutationInputs = new Set(
      Object.values(now.getMutationType()?.getFields() ?? {}).flatMap(({ args }) =>
        args.map(({ type }) => String(type).replace('!', '')),
      ),
    )
    const standard = new Set(['Query', 'Mutation', 'String', 'Int', 'Float', 'Boolean', 'ID'])
    const named = Object.keys(now.getTypeMap()).filter(
      (name) => !name.startsWith('__') && !standard.has(name) && !mutationInputs.has(name),
    )
    expect(named.filter((name) => !headings.has(name))).toEqual([])
  })

  test('links only to places that it has', () => {
    const anchors = new Set([...headings].map((title) => title.toLowerCase().replaceAll(' ', '-')))
    const links = [...reference.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor)
    expect(links.length).toBeGreaterThan(200)
    expect([...new Set(links)].filter((anchor) => !anchors.has(anchor))).toEqual([])
  })
})
