import { escapeHtml } from '../../core/escape-html.ts'
import { page } from '../login/page.ts'
import { logoutFailures } from '../saml/logout-failure.ts'
import type { LogoutRefusal } from './logout-refusal.ts'

/** What a person sees when the identity provider's wish to sign them out was refused; details are for the owner. */
export function logoutRefusedPage({ reason, reference }: LogoutRefusal): { status: number; html: string } {
  const { status, publicMessage } = logoutFailures[reason]
  const html = page(
    'Logout refused',
    `<h1>You were not signed out here</h1>
<p>${escapeHtml(publicMessage)}</p>
<p>If you are signed in to Gatehouse, sign out there yourself.</p>
<div class="actions"><a class="button primary" href="/">Open Gatehouse</a></div>
<hr>
<p class="soft">When you ask for help, give this reference. An owner of your organization finds the reason in the audit log.</p>
<p class="reference">${escapeHtml(reference)}</p>
<p class="soft">Reason: <span class="reference">${escapeHtml(reason)}</span></p>`,
  )
  return { status, html }
}

/** When the identity provider asked for it and gave no address to answer at. */
export const signedOutPage = (): string =>
  page(
    'Signed out',
    `<h1>You are signed out of Gatehouse</h1>
<p>Your identity provider asked for it.</p>
<div class="actions"><a class="button" href="/sign-in">Sign in again</a></div>`,
  )
