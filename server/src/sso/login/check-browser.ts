import { check, type SignInCheck } from '../protocol/sign-in-check.ts'

/** The row of the trace that says whether the browser is the one that started the sign-in. */
export const checkBrowser = (bound: boolean): SignInCheck =>
  check(
    'browser',
    'Same browser',
    bound,
    'the browser that started the sign-in',
    bound ? 'the same browser' : 'another browser, or one that keeps no cookies',
  )
