import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql'

@ObjectType('PageInfo', {
  simpleResolvers: true,
  description: 'Where a page ends, and whether there is more on either side.',
})
export class PageInfoType {
  @Field(() => Boolean)
  hasNextPage!: boolean

  @Field(() => Boolean)
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true })
  startCursor!: string | null

  @Field(() => String, { nullable: true })
  endCursor!: string | null
}

/** Exactly one of first and last, 1 to 100; core/pagination.ts checks it. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'The first 1 to 100 after the cursor.' })
  first?: number | null

  @Field(() => String, { nullable: true })
  after?: string | null

  @Field(() => Int, { nullable: true, description: 'The last 1 to 100 before the cursor.' })
  last?: number | null

  @Field(() => String, { nullable: true })
  before?: string | null
}

/** The `…Connection` and `…Edge` object types of a node type, for core/pagination.ts's Connection. */
export function connectionType<Node extends object>(name: string, node: () => ClassType<Node>) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class EdgeType {
    @Field(() => String)
    cursor!: string

    @Field(node)
    node!: Node
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class ConnectionType {
    @Field(() => [EdgeType])
    edges!: EdgeType[]

    @Field(() => [node()])
    nodes!: Node[]

    @Field(() => PageInfoType)
    pageInfo!: PageInfoType

    @Field(() => Int, { description: 'How many there are in all, pages aside.' })
    totalCount!: number
  }
  return ConnectionType
}
