import { escapeHtml } from '../../core/escape-html.ts'
import type { SignInAttemptView } from '../list-sign-in-attempts.ts'
import { whoFixes } from '../login/login-failed-page.ts'
import { page } from '../login/page.ts'
import type { SignInCheck } from '../protocol/sign-in-check.ts'

const close =
  '<p class="soft">Nobody was signed in by this test, and no member was made. You can close this window.</p>'

function row({ title, passed, expected, actual }: SignInCheck): string {
  const words = passed
    ? escapeHtml(actual ?? '')
    : `expected <span class="reference">${escapeHtml(expected ?? '–')}</span>, came <span class="reference">${escapeHtml(actual ?? '–')}</span>`
  return `<li><strong>${passed ? 'Passed' : 'Failed'}: ${escapeHtml(title)}</strong> <span class="soft reference">${words}</span></li>`
}

const list = (checks: readonly SignInCheck[]): string => `<ol>${checks.map(row).join('')}</ol>`

const paragraph = (text: string | null): string => (text === null ? '' : `<p>${escapeHtml(text)}</p>`)

const ofPerson = ['subject', 'email', 'name']

/**
 * Who it is stands on the page when the answer was to the tester, or could be read by whoever brought it. What was
 * encrypted for somebody else's sign-in is not opened here.
 */
function withoutStrangers({ checks }: SignInAttemptView): SignInCheck[] {
  const encrypted = checks.some(({ name }) => name === 'decryption')
  const testers = checks.some(({ name, passed }) => name === 'request' && passed)
  return encrypted && !testers ? checks.filter(({ name }) => !ofPerson.includes(name)) : checks
}

/**
 * The checks that ran. Where a decryption failed they tell what came of it, and this page is for whoever has the address
 * of the test: told apart, the failures would give plaintexts away (Jager and Somorovsky 2011).
 */
function trace(attempt: SignInAttemptView): string {
  const { failureReason } = attempt
  if (failureReason === 'DECRYPTION_FAILED') {
    return `${close}<hr><p class="soft">What the checks found is told to owners alone: they see this test on the page of the connection.</p>`
  }
  const checks = withoutStrangers(attempt)
  const failed = checks.filter(({ passed }) => !passed)
  return `${list(failed)}
${close}
<hr><details><summary>All ${checks.length} checks that ran</summary>${list(checks)}</details>`
}

function refused(attempt: SignInAttemptView, whereToFix: string | null): string {
  const { id, message, advice, fixedBy, failureReason } = attempt
  return page(
    'Test sign-in refused',
    `<h1>The test sign-in was refused</h1>
${paragraph(message)}${paragraph(advice)}${paragraph(whereToFix)}${paragraph(fixedBy === null ? null : whoFixes[fixedBy])}
${trace(attempt)}
<p class="soft">Reference <span class="reference">${escapeHtml(id)}</span>, reason <span class="reference">${escapeHtml(failureReason ?? '')}</span></p>`,
  )
}

function succeeded({ id, foreseen, checks }: SignInAttemptView, verified: boolean): string {
  return page(
    'Test sign-in succeeded',
    `<h1>The test sign-in works</h1>
${paragraph(foreseen)}${verified ? '<p>The connection is verified.</p>' : ''}
${close}
<hr><details><summary>All ${checks.length} checks</summary>${list(checks)}</details>
<p class="soft">Reference <span class="reference">${escapeHtml(id)}</span></p>`,
  )
}

/** What the tester sees: what would have happened, or which check failed and who can fix it. */
export const testResultPage = (
  attempt: SignInAttemptView,
  { verified, whereToFix }: { verified: boolean; whereToFix: string | null },
): string => (attempt.succeeded ? succeeded(attempt, verified) : refused(attempt, whereToFix))

/** For a browser that did not start the test. */
export const testResultPageForOthers = (): string =>
  page(
    'Test sign-in',
    '<h1>This was a test sign-in</h1><p>Its result is shown to whoever started it.</p><p class="soft">Nobody was signed in. You can close this window.</p>',
  )
