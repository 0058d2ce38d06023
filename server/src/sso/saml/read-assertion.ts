import { saml } from './names.ts'
import { childOf, childrenOf, type Xml } from './xml-element.ts'

export type NameId = { value: string; format: string | null }

export type Attribute = { name: string; friendlyName: string | null; values: string[] }

export type SubjectConfirmation = {
  method: string
  recipient: string | null
  inResponseTo: string | null
  notBefore: string | null
  notOnOrAfter: string | null
}

export type AuthnStatement = {
  authnInstant: string
  sessionIndex: string | null
  sessionNotOnOrAfter: string | null
  authnContextClassRef: string | null
}

export type Issuer = { value: string; format: string | null }

/** A signed assertion, word for word; times are still text. */
export type AssertionContent = {
  id: string
  version: string
  issueInstant: string
  issuer: Issuer
  nameId: NameId | null
  confirmations: SubjectConfirmation[]
  conditions: {
    notBefore: string | null
    notOnOrAfter: string | null
    /** One list of audiences for each AudienceRestriction. */
    audienceRestrictions: string[][]
    /** The types of conditions that SAML Core does not define. */
    unknown: string[]
  } | null
  authnStatements: AuthnStatement[]
  attributes: Attribute[]
}

/** What an assertion says about a person. */
export type SignedClaims = Pick<AssertionContent, 'nameId' | 'attributes'>

const attribute = (element: Xml | null, name: string): string | null => element?.attributes.get(name) ?? null

/** An Issuer element (Core 2.2.5). */
export const readIssuer = (element: Xml): Issuer => ({ value: element.text, format: attribute(element, 'Format') })

/** A NameID element (Core 2.2.3). */
export const readNameId = (element: Xml): NameId => ({ value: element.text, format: attribute(element, 'Format') })

function readConfirmation(element: Xml): SubjectConfirmation {
  const data = childOf(element, saml, 'SubjectConfirmationData')
  return {
    method: attribute(element, 'Method') ?? '',
    recipient: attribute(data, 'Recipient'),
    inResponseTo: attribute(data, 'InResponseTo'),
    notBefore: attribute(data, 'NotBefore'),
    notOnOrAfter: attribute(data, 'NotOnOrAfter'),
  }
}

function readConditions(element: Xml): AssertionContent['conditions'] {
  return {
    notBefore: attribute(element, 'NotBefore'),
    notOnOrAfter: attribute(element, 'NotOnOrAfter'),
    audienceRestrictions: childrenOf(element, saml, 'AudienceRestriction').map((restriction) =>
      childrenOf(restriction, saml, 'Audience').map((audience) => audience.text),
    ),
    unknown: childrenOf(element, saml, 'Condition').map(
      (condition) => [...condition.attributes].find(([name]) => name.endsWith('}type'))?.[1] ?? 'Condition',
    ),
  }
}

function readAuthnStatement(element: Xml): AuthnStatement {
  const context = childOf(element, saml, 'AuthnContext')
  return {
    authnInstant: attribute(element, 'AuthnInstant') ?? '',
    sessionIndex: attribute(element, 'SessionIndex'),
    sessionNotOnOrAfter: attribute(element, 'SessionNotOnOrAfter'),
    authnContextClassRef: (context && childOf(context, saml, 'AuthnContextClassRef')?.text) ?? null,
  }
}

/** Values that are text; the NameID that an eduPersonTargetedID holds is not one. */
const readAttribute = (element: Xml): Attribute => ({
  name: attribute(element, 'Name') ?? '',
  friendlyName: attribute(element, 'FriendlyName'),
  values: childrenOf(element, saml, 'AttributeValue')
    .filter((value) => value.children.length === 0)
    .map((value) => value.text),
})

/** Reads an assertion that follows the schema. @param assertion parsed from the text that was signed. */
export function readAssertion(assertion: Xml): AssertionContent {
  const subject = childOf(assertion, saml, 'Subject')
  const nameId = subject && childOf(subject, saml, 'NameID')
  const conditions = childOf(assertion, saml, 'Conditions')
  const issuer = childOf(assertion, saml, 'Issuer')
  return {
    id: attribute(assertion, 'ID') ?? '',
    version: attribute(assertion, 'Version') ?? '',
    issueInstant: attribute(assertion, 'IssueInstant') ?? '',
    issuer: issuer === null ? { value: '', format: null } : readIssuer(issuer),
    nameId: nameId && readNameId(nameId),
    confirmations: subject === null ? [] : childrenOf(subject, saml, 'SubjectConfirmation').map(readConfirmation),
    conditions: conditions && readConditions(conditions),
    authnStatements: childrenOf(assertion, saml, 'AuthnStatement').map(readAuthnStatement),
    attributes: childrenOf(assertion, saml, 'AttributeStatement').flatMap((statement) =>
      childrenOf(statement, saml, 'Attribute').map(readAttribute),
    ),
  }
}
