import { type KeyObject, X509Certificate } from 'node:crypto'

/** A certificate whose key signatures are checked with. Nothing else of it decides anything. */
export type IdpCertificate = {
  pem: string
  /** Its distinguished name on one line, such as `CN=Contoso, O=Contoso Ltd`. */
  subject: string
  /** 32 bytes in hex, upper case, separated by colons. */
  fingerprintSha256: string
  notBefore: Date
  notAfter: Date
  publicKey: KeyObject
}

export type CertificateProblem = { reason: string; message: string }

type Parsed = { certificates: IdpCertificate[] } | { problem: CertificateProblem }

const problem = (reason: string, message: string): { problem: CertificateProblem } => ({ problem: { reason, message } })

const longestText = 64 * 1024
const base64Alphabet = /^[A-Za-z0-9+/]+={0,2}$/

/** What people paste instead, and how to find the right thing. */
function recognizeMistake(text: string): CertificateProblem | null {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return {
      reason: 'PRIVATE_KEY',
      message:
        'This is a private key, which must stay where it is. Paste the certificate: it starts with -----BEGIN CERTIFICATE-----.',
    }
  }
  if (/-----BEGIN [A-Z ]*PUBLIC KEY-----/.test(text)) {
    return {
      reason: 'PUBLIC_KEY',
      message:
        'This is a bare public key. Paste the certificate around it: it starts with -----BEGIN CERTIFICATE-----.',
    }
  }
  if (/-----BEGIN (NEW )?CERTIFICATE REQUEST-----/.test(text)) {
    return {
      reason: 'CERTIFICATE_REQUEST',
      message:
        'This is a certificate request. Paste the certificate that came of it: it starts with -----BEGIN CERTIFICATE-----.',
    }
  }
  if (/<(\w+:)?(EntityDescriptor|EntitiesDescriptor)\b/.test(text)) {
    return {
      reason: 'METADATA',
      message: 'This is a metadata document, not a certificate. Use it to fill in the whole form instead.',
    }
  }
  if (/^\s*<(!doctype|html)/i.test(text)) {
    return {
      reason: 'HTML',
      message:
        'This is a web page, not a certificate: perhaps the sign-in page of the portal. Download the certificate in a browser, and choose the file.',
    }
  }
  return /^\s*(https?:\/\/|<)/i.test(text)
    ? {
        reason: 'NOT_A_CERTIFICATE',
        message:
          'This is not a certificate. Paste its text, which starts with -----BEGIN CERTIFICATE-----, or choose the file.',
      }
    : null
}

/** The Base64 bodies in the text: of each PEM block, or of the text as a whole. */
function bodiesOf(text: string): string[] | null {
  const blocks = [
    ...text.matchAll(
      /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([^-]*)-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g,
    ),
  ]
  if (blocks.length > 0) return blocks.map((block) => block[1] ?? '')
  return text.includes('-----') ? null : [text]
}

const keyProblem = (key: KeyObject): CertificateProblem | null => {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss') {
    if ((modulusLength ?? 0) >= 2048) return null
    return {
      reason: 'KEY_TOO_SMALL',
      message: `The key of this certificate has ${modulusLength} bits, and 2048 are needed. Make a new signing certificate at the identity provider.`,
    }
  }
  if (key.asymmetricKeyType === 'ec' && ['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve ?? '')) return null
  return {
    reason: 'KEY_TYPE',
    message:
      'The key of this certificate is of a kind that SAML does not sign with. An RSA key of 2048 bits or more is usual.',
  }
}

function parseOne(body: string): IdpCertificate | CertificateProblem {
  const base64 = body.replace(/\s+/g, '')
  const notOne = {
    reason: 'NOT_A_CERTIFICATE',
    message:
      'This is not a whole certificate. Copy all of it, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, or choose the file.',
  }
  if (!base64Alphabet.test(base64)) return notOne
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(Buffer.from(base64, 'base64'))
    if (certificate.raw.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, '')) return notOne
  } catch {
    return notOne
  }
  let publicKey: KeyObject
  try {
    publicKey = certificate.publicKey
  } catch {
    return {
      reason: 'KEY_TYPE',
      message:
        'The key of this certificate cannot be read. Make a new signing certificate with an RSA key at the identity provider.',
    }
  }
  return (
    keyProblem(publicKey) ?? {
      pem: `-----BEGIN CERTIFICATE-----\n${(certificate.raw.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`,
      subject: certificate.subject.split('\n').reverse().join(', ') || 'no name',
      fingerprintSha256: certificate.fingerprint256,
      notBefore: new Date(certificate.validFrom),
      notAfter: new Date(certificate.validTo),
      publicKey,
    }
  )
}

/**
 * Reads signing certificates in the forms in which identity providers hand them out: PEM, one or several, with or
 * without text around; bare Base64 of DER, on one line or many. Expired ones are read too: see certificateWarnings().
 * @returns the certificates, or a sentence about what the text is instead.
 */
export function parseCertificates(text: string): Parsed {
  if (text.trim() === '') return problem('REQUIRED', 'Paste the certificate, or choose its file.')
  if (text.length > longestText) return problem('TOO_LONG', 'This is too long to be a certificate.')
  const mistake = recognizeMistake(text)
  if (mistake !== null) return { problem: mistake }
  const bodies = bodiesOf(text)
  if (bodies === null)
    return problem(
      'INCOMPLETE',
      'The certificate is cut off. Copy all of it, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
    )
  const certificates: IdpCertificate[] = []
  for (const body of bodies) {
    const parsed = parseOne(body)
    if (!('pem' in parsed)) return { problem: parsed }
    if (!certificates.some((known) => known.fingerprintSha256 === parsed.fingerprintSha256)) certificates.push(parsed)
  }
  return { certificates }
}

const day = 24 * 60 * 60 * 1000
const date = (at: Date): string => at.toISOString().slice(0, 10)

/** What an owner should know about a certificate, in sentences. It is used all the same: its key is what counts. */
export function certificateWarnings({ notBefore, notAfter }: IdpCertificate, now: Date): string[] {
  if (notAfter <= now) {
    return [
      `Expired on ${date(notAfter)}. Its key keeps working here, but the identity provider will change to a new one: ask for the current certificate and add it beside this one.`,
    ]
  }
  if (notBefore > now) return [`Not valid before ${date(notBefore)}.`]
  const left = Math.floor((notAfter.getTime() - now.getTime()) / day)
  if (left >= 60) return []
  return [
    `Expires on ${date(notAfter)}, ${left === 0 ? 'within a day' : left === 1 ? 'in 1 day' : `in ${left} days`}. Its key keeps working here after that, but the identity provider will change to a new one: ask for the next certificate and add it beside this one.`,
  ]
}
