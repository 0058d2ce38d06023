import { customType, timestamp } from 'drizzle-orm/pg-core'

/**
 * A global id such as `mem_01jd…` (core/ids.ts). Collation "C" sorts by bytes whatever the database's own collation
 * is, so that the order of ids is the order of their making.
 */
export const id = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })

/** An instant, to the millisecond, in UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
