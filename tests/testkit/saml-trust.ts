import { parseCertificates } from '../../server/src/sso/saml/certificate.ts'
import { type Trust, type VerifiedResponse, verifyResponse } from '../../server/src/sso/saml/verify-response.ts'
import { type Answer, IdentityProvider } from './identity-provider.ts'

export const acsUrl = 'https://sso.example.com/sso/sso_1/acs'
export const spEntityId = 'https://sso.example.com/sso/sso_1/metadata'

/** An identity provider and a connection that trusts it, as the pure core sees them. */
export async function createTrust(now = new Date('2026-03-01T12:00:00.000Z')): Promise<{
  idp: IdentityProvider
  trust: Trust
  now: Date
  /** A true answer, with `lies`. */
  answer(lies?: Partial<Answer>): Answer
  /** What becomes of it. */
  verify(lies?: Partial<Answer>, trust?: Partial<Trust>): VerifiedResponse
  verifyXml(xml: string, trust?: Partial<Trust>): VerifiedResponse
}> {
  const idp = await IdentityProvider.create()
  const trust: Trust = {
    spEntityId,
    idpEntityId: idp.entityId,
    acsUrl,
    certificates: certificatesOf(idp.certificate),
    decryption: { keys: [], allowCbc: false },
    clockSkewSeconds: 180,
    requestedAuthnContext: null,
  }
  const answer = (lies: Partial<Answer> = {}): Answer => ({
    acsUrl,
    audience: spEntityId,
    now,
    inResponseTo: '_request',
    person: { subject: 'ada', email: 'ada@example.com', name: 'Ada Lovelace' },
    ...lies,
  })
  const verifyXml = (xml: string, changes?: Partial<Trust>): VerifiedResponse =>
    verifyResponse({ samlResponse: Buffer.from(xml, 'utf8').toString('base64'), trust: { ...trust, ...changes }, now })
  return {
    idp,
    trust,
    now,
    answer,
    verifyXml,
    verify: (lies, changes) =>
      verifyResponse({ samlResponse: idp.response(answer(lies)), trust: { ...trust, ...changes }, now }),
  }
}

/** The certificates in a PEM text. */
export function certificatesOf(pem: string): Trust['certificates'] {
  const parsed = parseCertificates(pem)
  if ('problem' in parsed) throw new Error(parsed.problem.message)
  return parsed.certificates
}
