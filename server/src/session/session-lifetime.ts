/** How long members' sessions last, in minutes: `idle` after the last use, `lifetime` after they were made. */
export type SessionPolicy = { idleMinutes: number; lifetimeMinutes: number }

/** Of an organization that has not decided otherwise: a day, and seven days. */
export const usualPolicy: SessionPolicy = { idleMinutes: 24 * 60, lifetimeMinutes: 7 * 24 * 60 }

/** Within which an organization may decide. */
export const policyBounds = {
  idleMinutes: { least: 5, most: 30 * 24 * 60 },
  lifetimeMinutes: { least: 15, most: 90 * 24 * 60 },
} as const

/** The last use is written down at most this often, to spare a write a request. */
export const touchInterval = 60_000
