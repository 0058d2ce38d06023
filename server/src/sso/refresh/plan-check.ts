import { days, hours, minutes, plus } from '../../core/clock.ts'

/** From 0 to 1, such as Math.random: replicas and connections that started together do not stay together. */
type Random = () => number

/** `wait` shortened by up to a tenth. */
const jittered = (wait: number, random: Random): number => Math.round(wait * (1 - random() / 10))

/** How long what the metadata says may be relied upon (Metadata 2.3.2). */
export type Validity = { validUntil: Date | null; cacheMilliseconds: number | null }

/** When metadata that could be read is read again: daily, sooner where it asks for that, at most once an hour. */
export function nextCheck(now: Date, { validUntil, cacheMilliseconds }: Validity, random: Random = Math.random): Date {
  const left = validUntil === null ? days(1) : (validUntil.getTime() - now.getTime()) / 2
  const wait = Math.min(days(1), left, cacheMilliseconds ?? days(1))
  return plus(now, Math.max(hours(1), jittered(wait, random)))
}

/** When it is tried again after `failures` in a row: after a quarter of an hour, then each time twice as late, up to a day. */
export function nextTry(now: Date, failures: number, random: Random = Math.random): Date {
  return plus(now, jittered(Math.min(days(1), minutes(15) * 2 ** Math.max(0, failures - 1)), random))
}
