import { decodeBase64, guardBytes } from './decode-response.ts'
import { type Delivered, oneMessage, relayStateOf, unreadable } from './delivered-message.ts'
import { type LogoutProblem, logoutProblem } from './logout-failure.ts'

/** A message by HTTP-POST, within the same limits; its signature is in the document. @param fields of the form */
export function readPost(fields: Record<string, unknown>): Delivered | LogoutProblem {
  const texts = new Map<string, string>()
  for (const name of ['SAMLRequest', 'SAMLResponse', 'RelayState']) {
    const value = fields[name]
    if (value === undefined) continue
    if (typeof value !== 'string') return logoutProblem('MESSAGE_AMBIGUOUS', `${name} once`, `${name} twice`)
    texts.set(name, value)
  }
  const one = oneMessage(texts.get('SAMLRequest'), texts.get('SAMLResponse'))
  if ('reason' in one) return one
  const relay = relayStateOf(texts.get('RelayState') || null)
  if ('reason' in relay) return relay
  const decoded = decodeBase64(one.message)
  if ('reason' in decoded) return unreadable(decoded)
  const guarded = guardBytes(decoded.bytes)
  return 'reason' in guarded ? unreadable(guarded) : { kind: one.kind, text: guarded.text, ...relay }
}
