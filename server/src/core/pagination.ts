import { badUserInput } from './errors.ts'
import { type IdPrefix, idPrefix } from './ids.ts'

/** Relay paging arguments, as they come from GraphQL. */
export type PageArguments = {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
}

/** A checked page: `size` rows after/before the row whose key is `cursor`, walking forward or backward. */
export type Page = { size: number; cursor: string | null; direction: 'forward' | 'backward' }

export type Edge<Node> = { cursor: string; node: Node }

/** What costs something is a function, so that it is done only where somebody asks for it. */
export type Connection<Node> = {
  edges: () => Edge<Node>[]
  nodes: Node[]
  pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
  totalCount: () => Promise<number>
}

const encodeCursor = (key: string): string => Buffer.from(key).toString('base64url')

function decodeCursor(cursor: string, prefix: IdPrefix, path: string): string {
  const key = Buffer.from(cursor, 'base64url').toString()
  if (idPrefix(key) !== prefix) {
    throw badUserInput([{ path, reason: 'INVALID_CURSOR', message: 'Use a cursor that an earlier page returned.' }])
  }
  return key
}

/**
 * Checks Relay paging arguments: exactly one of first and last, 1 to 100; after goes with first, before with last.
 * @param prefix of the ids that the list is sorted by: a cursor of another list is refused
 * @throws BAD_USER_INPUT naming the argument.
 */
export function parsePage({ first, after, last, before }: PageArguments, prefix: IdPrefix): Page {
  const forward = first != null
  if (forward === (last != null)) {
    throw badUserInput([{ path: 'first', reason: 'REQUIRED', message: 'Pass either first or last, from 1 to 100.' }])
  }
  const size = first ?? last ?? 0
  if (size < 1 || size > 100) {
    const path = forward ? 'first' : 'last'
    throw badUserInput([{ path, reason: 'OUT_OF_RANGE', message: `${path} must be from 1 to 100.` }])
  }
  const [path, cursor] = forward ? (['after', after] as const) : (['before', before] as const)
  if ((forward ? before : after) != null) {
    const wrong = forward ? 'before' : 'after'
    throw badUserInput([
      { path: wrong, reason: 'NOT_ALLOWED', message: `${wrong} does not go with ${forward ? 'first' : 'last'}.` },
    ])
  }
  return {
    size,
    cursor: cursor == null ? null : decodeCursor(cursor, prefix, path),
    direction: forward ? 'forward' : 'backward',
  }
}

/**
 * Makes a connection from the rows a store read for `page`: at most `page.size + 1` of them, in walking order. The
 * row beyond the page only tells that there is more.
 * @param keyOf what the list is sorted by, where that is not the row's own id
 */
export function toConnection<Row extends { id: string }, Node>(
  rows: Row[],
  page: Page,
  toNode: (row: Row) => Node,
  totalCount: () => Promise<number>,
  keyOf: (row: Row) => string = ({ id }) => id,
): Connection<Node> {
  const more = rows.length > page.size
  const inPage = rows.slice(0, page.size)
  const ordered = page.direction === 'forward' ? inPage : inPage.reverse()
  // Before toNode, which may change the row.
  const keys = ordered.map(keyOf)
  const nodes = ordered.map(toNode)
  const cursorAt = (index: number): string => encodeCursor(keys.at(index) ?? '')
  return {
    edges: () => nodes.map((node, index) => ({ cursor: cursorAt(index), node })),
    nodes,
    pageInfo: {
      hasNextPage: page.direction === 'forward' ? more : page.cursor !== null,
      hasPreviousPage: page.direction === 'backward' ? more : page.cursor !== null,
      startCursor: nodes.length === 0 ? null : cursorAt(0),
      endCursor: nodes.length === 0 ? null : cursorAt(-1),
    },
    totalCount,
  }
}
