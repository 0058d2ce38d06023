import { randomBytes, sign } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { SigningKey } from './certificates.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { type SignOptions, signElement } from './xml-signature.ts'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
export const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const status = 'urn:oasis:names:tc:SAML:2.0:status'

const text = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const quoted = (value: string): string => text(value).replace(/"/g, '&quot;')

/** Attributes in the order of canonical XML; those without a value are left out. */
const attributes = (values: Record<string, string | null | undefined>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ` ${name}="${quoted(value ?? '')}"`)
    .join('')

type Head = {
  now: Date
  destination: string | null
  id?: string
  version?: string
  issueInstant?: string
  issuer?: string | null
}

/** What a LogoutRequest says. Each field can be told to lie; null leaves it out. */
export type LogoutOrder = Head & {
  subject: string
  format?: string | null
  nameQualifier?: string
  spNameQualifier?: string
  sessionIndexes?: string[]
  notOnOrAfter?: string | null
  /** Instead of the NameID element. */
  nameIdXml?: string
  /** What stands between Issuer and NameID. */
  extensions?: string
}

export type LogoutAnswer = Head & { inResponseTo: string | null; statuses?: string[] }

const newId = (): string => `_${randomBytes(16).toString('hex')}`

const issuerXml = (idp: IdentityProvider, issuer: string | null | undefined): string =>
  issuer === null ? '' : `<saml:Issuer xmlns:saml="${saml}">${text(issuer ?? idp.entityId)}</saml:Issuer>`

const headOf = (head: Head): Record<string, string | null> => ({
  Destination: head.destination,
  ID: head.id ?? newId(),
  IssueInstant: head.issueInstant ?? head.now.toISOString(),
  Version: head.version ?? '2.0',
})

/** A LogoutRequest in canonical form, so that it can be signed as it is. */
export function logoutRequestXml(idp: IdentityProvider, order: LogoutOrder): string {
  const end =
    order.notOnOrAfter === undefined ? new Date(order.now.getTime() + 300_000).toISOString() : order.notOnOrAfter
  const name = attributes({
    Format: order.format === undefined ? persistent : order.format,
    NameQualifier: order.nameQualifier,
    SPNameQualifier: order.spNameQualifier,
  })
  const nameId = order.nameIdXml ?? `<saml:NameID xmlns:saml="${saml}"${name}>${text(order.subject)}</saml:NameID>`
  const indexes = (order.sessionIndexes ?? [])
    .map((index) => `<samlp:SessionIndex>${text(index)}</samlp:SessionIndex>`)
    .join('')
  return `<samlp:LogoutRequest xmlns:samlp="${samlp}"${attributes({ ...headOf(order), NotOnOrAfter: end })}>${issuerXml(idp, order.issuer)}${order.extensions ?? ''}${nameId}${indexes}</samlp:LogoutRequest>`
}

/** A LogoutResponse in canonical form. */
export function logoutResponseXml(idp: IdentityProvider, answer: LogoutAnswer): string {
  const codes = (answer.statuses ?? ['Success']).reduceRight(
    (inner, code) => `<samlp:StatusCode Value="${status}:${code}">${inner}</samlp:StatusCode>`,
    '',
  )
  const head = attributes({ ...headOf(answer), InResponseTo: answer.inResponseTo })
  return `<samlp:LogoutResponse xmlns:samlp="${samlp}"${head}>${issuerXml(idp, answer.issuer)}<samlp:Status>${codes}</samlp:Status></samlp:LogoutResponse>`
}

export type Parameter = 'SAMLRequest' | 'SAMLResponse'

const algorithms = {
  'rsa-sha256': { uri: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', hash: 'sha256' },
  'rsa-sha1': { uri: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', hash: 'sha1' },
  'ecdsa-sha256': { uri: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', hash: 'sha256' },
} as const

export const deflated = (xml: string | Buffer): string =>
  encodeURIComponent(deflateRawSync(Buffer.from(xml)).toString('base64'))

/** The query of HTTP-Redirect, signed over its own characters. */
export function signQuery(
  query: string,
  signer: SigningKey,
  algorithm: keyof typeof algorithms = 'rsa-sha256',
): string {
  const { uri, hash } = algorithms[algorithm]
  const octets = `${query}&SigAlg=${encodeURIComponent(uri)}`
  const { key } = signer
  const value = sign(
    hash,
    Buffer.from(octets),
    key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' } : key,
  )
  return `${octets}&Signature=${encodeURIComponent(value.toString('base64'))}`
}

/** A message as HTTP-Redirect carries it. */
export function redirectQuery(idp: IdentityProvider, parameter: Parameter, xml: string, relayState?: string): string {
  const relay = relayState === undefined ? '' : `&RelayState=${encodeURIComponent(relayState)}`
  return signQuery(`${parameter}=${deflated(xml)}${relay}`, idp.signer)
}

/** A message as the field of HTTP-POST carries it. */
export const postField = (idp: IdentityProvider, xml: string, signing: SignOptions = {}): string =>
  Buffer.from(signElement(xml, idp.signer, signing)).toString('base64')

/** The message that an address carries. */
export function readRedirected(location: string): { url: URL; parameter: Parameter; xml: string } {
  const url = new URL(location)
  const parameter = url.searchParams.has('SAMLRequest') ? 'SAMLRequest' : 'SAMLResponse'
  const xml = inflateRawSync(Buffer.from(url.searchParams.get(parameter) ?? '', 'base64')).toString('utf8')
  return { url, parameter, xml }
}
