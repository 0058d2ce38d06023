import { type LogoutFailureReason, type LogoutProblem, logoutProblem } from './logout-failure.ts'

/** Which of the two it is, its text, and what has to be handed back with the answer (Bindings 3.4.3, 3.5.3). */
export type Delivered = { kind: 'request' | 'response'; text: string; relayState: string | null }

const longestRelayState = 1024

const reasons = {
  RESPONSE_TOO_LARGE: 'MESSAGE_TOO_LARGE',
  RESPONSE_MALFORMED: 'MESSAGE_MALFORMED',
  RESPONSE_NOT_ALLOWED: 'MESSAGE_NOT_ALLOWED',
} as const satisfies Record<string, LogoutFailureReason>

/** Bytes that are no document we read, in the words of a logout message. */
export const unreadable = ({ reason, detail }: { reason: keyof typeof reasons; detail: string }): LogoutProblem =>
  logoutProblem(reasons[reason], 'a SAML 2.0 logout message', detail.replace('The response', 'The message'))

/** Exactly one of the two messages; nothing that makes it two. */
export function oneMessage(
  request: string | undefined,
  response: string | undefined,
): { kind: Delivered['kind']; message: string } | LogoutProblem {
  if (request !== undefined && response !== undefined) {
    return logoutProblem('MESSAGE_AMBIGUOUS', 'SAMLRequest or SAMLResponse', 'both')
  }
  const message = request ?? response
  return message === undefined || message === ''
    ? logoutProblem('MESSAGE_MISSING', 'SAMLRequest or SAMLResponse', 'neither')
    : { kind: request === undefined ? 'response' : 'request', message }
}

/** RelayState is ours to hand back and nothing else; Bindings allow 80 bytes, and some send more. */
export function relayStateOf(value: string | null): { relayState: string | null } | LogoutProblem {
  return value !== null && value.length > longestRelayState
    ? logoutProblem('MESSAGE_NOT_ALLOWED', `a RelayState of at most ${longestRelayState} characters`, 'a longer one')
    : { relayState: value }
}
