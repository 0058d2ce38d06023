import type { SignInFailureReason } from './sign-in-failure.ts'

/** One row of an attempt's trace: what was looked at, what it had to be, and what it was. */
export type SignInCheck = {
  /** Stable, such as `audience`. */
  name: string
  /** For people, such as `Audience`. */
  title: string
  passed: boolean
  expected: string | null
  actual: string | null
}

const longest = 300

/** At most so many characters of it, and no half of one: PostgreSQL takes none in JSON. */
export const shorten = (text: string, most = longest): string =>
  text.length > most ? `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text

const shortenSome = (text: string | null): string | null => (text === null ? null : shorten(text))

/** A row of the trace. Values are shown to owners; they are cut at 300 characters. */
export const check = (
  name: string,
  title: string,
  passed: boolean,
  expected: string | null,
  actual: string | null,
): SignInCheck => ({ name, title, passed, expected: shortenSome(expected), actual: shortenSome(actual) })

/** Notes every check; the first that fails gives the reason. */
export class Trace {
  readonly checks: SignInCheck[] = []
  reason: SignInFailureReason | null = null

  add(
    name: string,
    title: string,
    failure: SignInFailureReason | null,
    expected: string | null,
    actual: string | null,
  ): void {
    this.checks.push(check(name, title, failure === null, expected, actual))
    this.reason ??= failure
  }
}
