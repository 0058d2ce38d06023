import { escapeHtml } from '../../core/escape-html.ts'
import type { FixedBy } from '../protocol/failure.ts'
import { failureOf } from '../protocol/sign-in-failure.ts'
import { page } from './page.ts'
import type { Refusal } from './sign-in-refusal.ts'

/** Who can do something, as a sentence. */
export const whoFixes: Record<FixedBy, string> = {
  OWNER: 'An owner of your organization can fix this.',
  IDP_ADMINISTRATOR: 'The administrator of your identity provider can fix this.',
  MEMBER: 'You can fix this yourself.',
  OPERATOR: 'The people who run this server can fix this.',
}

/**
 * What a member sees when a sign-in was refused: what happened, who can fix it, and a reference. The details are for
 * the owner, on the organization's own pages: nothing of them is here.
 */
export function loginFailedPage(refusal: Refusal): { status: number; html: string } {
  const failure = failureOf(refusal.reason)
  const retry =
    refusal.connectionId === null
      ? ''
      : `<a class="button primary" href="/sso/${encodeURIComponent(refusal.connectionId)}/login">Try again</a>`
  const html = page(
    'Sign-in failed',
    `<h1>We could not sign you in</h1>
<p>${escapeHtml(failure.publicMessage)}</p>
<p>${escapeHtml(whoFixes[failure.fixedBy])}</p>
<div class="actions">${retry}<a class="button" href="/sign-in">Sign in another way</a></div>
<hr>
<p class="soft">When you ask for help, give this reference. An owner of your organization finds the attempt by it, check by check, under Settings, Single Sign-On (SSO).</p>
<p class="reference">${escapeHtml(refusal.reference)}</p>
<p class="soft">Reason: <span class="reference">${escapeHtml(refusal.reason)}</span></p>`,
  )
  return { status: failure.status, html }
}
