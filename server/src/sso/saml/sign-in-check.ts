import type { SignInFailureReason } from './saml-failure.ts'

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

/** Never in the middle of a character: half of one is no text that a database takes. */
const shorten = (text: string | null): string | null =>
  text !== null && text.length > longest ? `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text

/** A row of the trace. Values are shown to owners; they are cut at 300 characters. */
export const check = (
  name: string,
  title: string,
  passed: boolean,
  expected: string | null,
  actual: string | null,
): SignInCheck => ({ name, title, passed, expected: shorten(expected), actual: shorten(actual) })

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
