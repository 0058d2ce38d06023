import { nameIdFormat } from './names.ts'
import type { NameId } from './read-assertion.ts'

/** What the identity provider calls a session: the NameID of its assertion as it was sent, and the SessionIndex. */
export type SessionSubject = { nameId: NameId; sessionIndex: string | null }

/** Whom a LogoutRequest is about. */
export type LoggedOut = { nameId: NameId; sessionIndexes: readonly string[] }

/**
 * What is left out has a meaning: no Format is `unspecified` (Core 2.2.2), and the qualifiers of a name are the
 * identity provider and us (Core 8.3.7). Identity providers write it in one message and leave it out in the next.
 */
const complete = (nameId: NameId, { idpEntityId, spEntityId }: { idpEntityId: string; spEntityId: string }): string =>
  JSON.stringify([
    nameId.value,
    nameId.format ?? nameIdFormat.unspecified,
    nameId.nameQualifier ?? idpEntityId,
    nameId.spNameQualifier ?? spEntityId,
  ])

/** True when the LogoutRequest means this session (Core 3.7.3.2): its person, and its index unless none is named. */
export const isMeant = (
  session: SessionSubject,
  { nameId, sessionIndexes }: LoggedOut,
  names: { idpEntityId: string; spEntityId: string },
): boolean =>
  complete(session.nameId, names) === complete(nameId, names) &&
  (sessionIndexes.length === 0 || (session.sessionIndex !== null && sessionIndexes.includes(session.sessionIndex)))
