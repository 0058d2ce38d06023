import { days, hours } from '../core/clock.ts'

/** A session ends this long after it was made, whatever the activity. */
export const absoluteLifetime = days(7)

/** A session ends this long after its last use. */
export const idleLifetime = hours(24)

/** The last use is written down at most this often, to spare a write a request. */
export const touchInterval = 60_000
