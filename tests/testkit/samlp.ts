import { createRequire } from 'node:module'
import type { SigningKey } from './certificates.ts'
import type { LoginRequest } from './identity-provider-site.ts'

type SamlpOptions = Record<string, unknown>
const samlp = createRequire(import.meta.url)('samlp') as {
  getSamlResponse(options: SamlpOptions, user: unknown, callback: (error: Error | null, xml: string) => void): void
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'

/** An answer made by the npm package samlp, an identity provider that we did not write. In Base64. */
export async function answerBySamlp(
  { issuer, signer, signResponse = false }: { issuer: string; signer: SigningKey; signResponse?: boolean },
  request: LoginRequest,
  user: string,
): Promise<string> {
  const email = `${user}@acme.example`
  const options = {
    issuer,
    cert: signer.certificate,
    key: signer.key.export({ type: 'pkcs8', format: 'pem' }),
    audience: request.issuer,
    destination: request.acsUrl,
    recipient: request.acsUrl,
    inResponseTo: request.id,
    signResponse,
    signatureAlgorithm: 'rsa-sha256',
    digestAlgorithm: 'sha256',
    lifetimeInSeconds: 300,
    sessionIndex: '_session',
    authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    profileMapper: () => ({
      getClaims: () => ({ [`${claims}emailaddress`]: email, [`${claims}name`]: `${user} & son` }),
      getNameIdentifier: () => ({
        nameIdentifier: `samlp|${user}`,
        nameIdentifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      }),
    }),
  }
  const xml = await new Promise<string>((resolve, reject) => {
    samlp.getSamlResponse(options, { user }, (error, made) => (error === null ? resolve(made) : reject(error)))
  })
  return Buffer.from(xml, 'utf8').toString('base64')
}
