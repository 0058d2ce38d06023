import { escapeHtml } from '../../core/escape-html.ts'
import type { Confirmation } from './confirm-login.ts'
import { page } from './page.ts'

const strong = (text: string): string => `<strong>${escapeHtml(text)}</strong>`

/**
 * Asks before a sign-in that the identity provider started. The form's token and the browser's Lax cookie belong
 * together, so that no other site can press the button.
 */
export function confirmPage(confirmation: Confirmation, token: string): string {
  const { organizationName, connectionName, email, known, signedInAs } = confirmation
  const first = known
    ? ''
    : `<p>This is the first sign-in of this person through ${strong(connectionName)}: it makes a member of ${strong(organizationName)}. If the address has an account here already, you prove first that it is yours.</p>`
  const other = signedInAs === null ? '' : `<p>You are signed in here as ${strong(signedInAs)}. That session ends.</p>`
  return page(
    'Continue to sign in',
    `<h1>Continue to sign in?</h1>
<p>You are about to sign in to ${strong(organizationName)} as ${strong(email)}.</p>
${first}${other}<form method="post" action="/sso/confirm">
<input type="hidden" name="t" value="${escapeHtml(token)}">
<div class="actions"><button class="button primary" name="choice" value="continue">Continue</button><button class="button" name="choice" value="cancel">Cancel</button></div>
</form>
<hr>
<p class="soft">The sign-in was started at your identity provider. Continue only if you just opened ${escapeHtml(organizationName)} there, and the address above is yours: whatever you do afterwards is done in that account.</p>`,
  )
}
