/** The only source of the current time. Passed as an argument, so tests can hold it still. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

export const seconds = (n: number): number => n * 1000
export const minutes = (n: number): number => seconds(60 * n)
export const hours = (n: number): number => minutes(60 * n)
export const days = (n: number): number => hours(24 * n)

/** `at` moved by `milliseconds` (negative: back). */
export const plus = (at: Date, milliseconds: number): Date => new Date(at.getTime() + milliseconds)
