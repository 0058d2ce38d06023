import { asc, desc, gt, lt, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Page } from '../core/pagination.ts'

/**
 * Condition, order and limit that read `page` of a list sorted by `id`, newest first: `size + 1` rows in walking
 * order, for toConnection.
 */
export function keyset(id: AnyPgColumn, page: Page): { where: SQL | undefined; orderBy: SQL; limit: number } {
  const forward = page.direction === 'forward'
  return {
    where: page.cursor === null ? undefined : forward ? lt(id, page.cursor) : gt(id, page.cursor),
    orderBy: forward ? desc(id) : asc(id),
    limit: page.size + 1,
  }
}
