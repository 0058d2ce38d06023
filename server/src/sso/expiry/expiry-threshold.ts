import { days } from '../../core/clock.ts'

/** How many days before a certificate ends its owners are told. */
const thresholds = [1, 7, 30, 60] as const

/** The latest warning that is due: the smallest threshold that is reached. Null while there is time, and once it ended. */
export function dueThreshold(notAfter: Date, now: Date): number | null {
  const left = notAfter.getTime() - now.getTime()
  return left <= 0 ? null : (thresholds.find((threshold) => left <= days(threshold)) ?? null)
}
