import { saml, samlp, statusPartialLogout, statusSuccess } from './names.ts'
import { type Issuer, type NameId, readIssuer, readNameId } from './read-assertion.ts'
import { childOf, childrenOf, type Xml } from './xml-element.ts'

type Envelope = {
  id: string
  version: string
  issueInstant: string
  destination: string | null
  issuer: Issuer | null
}

/** A LogoutRequest (Core 3.7.1), word for word; times are still text. */
export type LogoutRequest = Envelope & {
  kind: 'request'
  notOnOrAfter: string | null
  nameId: NameId | null
  /** None: all sessions of the person. */
  sessionIndexes: string[]
}

/** A LogoutResponse (Core 3.7.2). */
export type LogoutResponse = Envelope & {
  kind: 'response'
  inResponseTo: string | null
  /** True when everything ended: Success, and not only in part. */
  complete: boolean
}

export type LogoutMessage = LogoutRequest | LogoutResponse

function readEnvelope(root: Xml): Envelope {
  const issuer = childOf(root, saml, 'Issuer')
  return {
    id: root.attributes.get('ID') ?? '',
    version: root.attributes.get('Version') ?? '',
    issueInstant: root.attributes.get('IssueInstant') ?? '',
    destination: root.attributes.get('Destination') ?? null,
    issuer: issuer && readIssuer(issuer),
  }
}

function readRequest(root: Xml): LogoutRequest {
  const nameId = childOf(root, saml, 'NameID')
  return {
    kind: 'request',
    ...readEnvelope(root),
    notOnOrAfter: root.attributes.get('NotOnOrAfter') ?? null,
    nameId: nameId && readNameId(nameId),
    sessionIndexes: childrenOf(root, samlp, 'SessionIndex').map((index) => index.text),
  }
}

function readResponse(root: Xml): LogoutResponse {
  const status = childOf(root, samlp, 'Status')
  const code = status && childOf(status, samlp, 'StatusCode')
  const detail = code && childOf(code, samlp, 'StatusCode')
  return {
    kind: 'response',
    ...readEnvelope(root),
    inResponseTo: root.attributes.get('InResponseTo') ?? null,
    complete:
      code?.attributes.get('Value') === statusSuccess && detail?.attributes.get('Value') !== statusPartialLogout,
  }
}

/** Reads a message that follows the schema. @param root parsed from what was signed. */
export const readLogout = (kind: LogoutMessage['kind'], root: Xml): LogoutMessage =>
  kind === 'request' ? readRequest(root) : readResponse(root)
