import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { prepared } from '../db/prepared.ts'
import { rateLimits } from '../db/schema/rate-limits.ts'

const now = sql`(now() at time zone 'UTC')`
const end = sql`${now} + make_interval(secs => ${sql.placeholder('seconds')}::integer)`
const isOver = sql`${rateLimits.expire} <= ${now}`

const count = prepared((db) =>
  db
    .insert(rateLimits)
    .values({ key: sql.placeholder('key'), points: sql`${sql.placeholder('uses')}::integer`, expire: end })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        points: sql`excluded.points + case when ${isOver} then 0 else ${rateLimits.points} end`,
        expire: sql`case when ${isOver} then ${end} else ${rateLimits.expire} end`,
      },
    })
    .returning({ points: rateLimits.points, expire: rateLimits.expire })
    .prepare('count_use'),
)

/** Counts uses, the first of so many seconds when those of the last ones are over. @returns the uses so far, and when those seconds end. */
export async function countUse(
  db: Db,
  key: string,
  uses: number,
  seconds: number,
): Promise<{ points: number; expire: Date | null } | undefined> {
  const [row] = await count(db).execute({ key, uses, seconds })
  return row
}
