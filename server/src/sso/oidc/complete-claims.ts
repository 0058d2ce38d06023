import type { Mapping } from '../protocol/identity.ts'
import { type SignInCheck, Trace } from '../protocol/sign-in-check.ts'
import type { SignInFailureReason } from '../protocol/sign-in-failure.ts'
import type { Provider } from './discover.ts'
import { askUserinfo, type Conversation, problemOf } from './openid-client.ts'
import { type Claims, isComplete, lacksNothing } from './read-claims.ts'

type Completed = { checks: SignInCheck[] } & ({ ok: true; claims: Claims } | { ok: false; reason: SignInFailureReason })

/** What the ID token says holds; userinfo adds what it leaves out. */
function merge(idToken: Claims, userinfo: Claims): Claims {
  const all = { ...userinfo, ...idToken }
  // That an address is verified was said of userinfo's own.
  if (idToken['email_verified'] === undefined && all['email'] !== userinfo['email']) delete all['email_verified']
  return all
}

/**
 * Asks userinfo (Core 5.3) for what the ID token leaves out. When a sign-in could do without it, an endpoint that does
 * not answer is no reason to refuse; one that speaks of somebody else always is.
 * @param wanted names of claims that the rules for roles look at
 */
export async function completeClaims(
  claims: Claims,
  mapping: Mapping,
  {
    provider,
    conversation,
    accessToken,
    wanted,
  }: { provider: Provider; conversation: Conversation; accessToken: string; wanted: readonly string[] },
): Promise<Completed> {
  const { sub } = claims
  if (provider.userinfoEndpoint === null || typeof sub !== 'string' || isComplete(claims, mapping, wanted)) {
    return { ok: true, claims, checks: [] }
  }
  const trace = new Trace()
  const expected = 'the same subject as the ID token'
  try {
    const userinfo = await askUserinfo(conversation, accessToken, sub)
    trace.add('userinfo', 'Userinfo', null, expected, 'the same')
    return { ok: true, claims: merge(claims, { ...userinfo }), checks: trace.checks }
  } catch (error) {
    const { code, words } = problemOf(error)
    const another = code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED'
    const reason = another ? 'USERINFO_SUBJECT_MISMATCH' : lacksNothing(claims, mapping) ? null : 'USERINFO_FAILED'
    const problem = conversation.asked.find(({ url }) => url === provider.userinfoEndpoint)?.problem ?? words
    trace.add('userinfo', 'Userinfo', reason, expected, another ? 'another subject' : `no usable answer: ${problem}`)
    return reason === null ? { ok: true, claims, checks: trace.checks } : { ok: false, reason, checks: trace.checks }
  }
}
