import type { GuideValue } from './guide.ts'

type Ours = { redirectUrl: string; loginUrl: string; spEntityId?: string; spMetadataUrl?: string }

/** Everything that a guide may show; what a protocol has not is empty, and none of its guides asks for it. */
export function guideValues({
  redirectUrl,
  loginUrl,
  spEntityId = '',
  spMetadataUrl = '',
}: Ours): Record<GuideValue, string> {
  const auth0 = {
    audience: spEntityId,
    recipient: redirectUrl,
    destination: redirectUrl,
    signatureAlgorithm: 'rsa-sha256',
    digestAlgorithm: 'sha256',
    nameIdentifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  }
  return {
    redirectUrl,
    loginUrl,
    spEntityId,
    spMetadataUrl,
    redirectUrlPattern: `^${redirectUrl.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)}$`,
    auth0Settings: JSON.stringify(auth0, null, 2),
  }
}
