import { Pager } from './pager.tsx'

type Props = {
  connection: {
    totalCount: number
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  }
  /** What is listed: one of them, several of them. */
  noun: readonly [one: string, many: string]
  filtered?: boolean
  /** The server counted no further than this. */
  countsAtMost?: number
  onPage: (cursor: { after?: string; before?: string }) => void
}

/** Steps through a GraphQL connection by its cursors, and says how many there are. A page that emptied leads back. */
export function ConnectionPager({
  connection,
  noun,
  filtered = false,
  countsAtMost = Number.POSITIVE_INFINITY,
  onPage,
}: Props) {
  const { totalCount, pageInfo } = connection
  const { startCursor, endCursor } = pageInfo
  const emptied = totalCount > 0 && startCursor === null
  const previous = pageInfo.hasPreviousPage && startCursor !== null ? () => onPage({ before: startCursor }) : null
  const number = totalCount.toLocaleString('en')
  const count = `${totalCount < countsAtMost ? number : `${number} or more`} ${totalCount === 1 ? noun[0] : noun[1]}`
  return (
    <Pager
      summary={filtered ? `${count} found` : count}
      previousLabel={emptied ? 'First page' : 'Previous'}
      onPrevious={emptied ? () => onPage({}) : previous}
      onNext={pageInfo.hasNextPage && endCursor !== null ? () => onPage({ after: endCursor }) : null}
    />
  )
}
