import { sha256 } from '../../core/secrets.ts'
import type { Tx } from '../../db/client.ts'
import { consumeAssertion, hasConsumed, lockSubject } from '../login/sign-in-state.store.ts'
import type { LoggedOut, SessionSubject } from '../saml/logout-subject.ts'

const keyOf = (nameId: string, sessionIndex: string): string => sha256(`ended|${nameId}|${sessionIndex}`)

/** One name's sign-ins and logouts take turns, so that no session slips in while its person is being logged out. */
const lockNameId = (tx: Tx, connectionId: string, nameId: string): Promise<void> =>
  lockSubject(tx, connectionId, `NameID ${nameId}`)

/**
 * Remembers which sessions the identity provider ended: its word holds against assertions of those sessions that are
 * still on their way (Core 3.7.3.1). @param until when no such assertion can arrive any more.
 */
export async function rememberEndedSessions(
  tx: Tx,
  connectionId: string,
  { nameId, sessionIndexes }: LoggedOut,
  until: Date,
): Promise<void> {
  await lockNameId(tx, connectionId, nameId.value)
  for (const sessionIndex of sessionIndexes) {
    const assertionHash = keyOf(nameId.value, sessionIndex)
    await consumeAssertion(tx, { connectionId, assertionHash, expiresAt: until })
  }
}

/** True when the identity provider ended this session before it began here. */
export async function wasEndedByIdp(
  tx: Tx,
  connectionId: string,
  { nameId, sessionIndex }: SessionSubject,
): Promise<boolean> {
  await lockNameId(tx, connectionId, nameId.value)
  return sessionIndex !== null && (await hasConsumed(tx, connectionId, keyOf(nameId.value, sessionIndex)))
}
