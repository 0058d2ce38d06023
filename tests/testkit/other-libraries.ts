import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import samlify from 'samlify'
import { acsUrl, spEntityId } from './saml-trust.ts'

/** What a library makes of a response. */
export type Opinion =
  | { accepted: true; nameId: string | null; issuer: string | null }
  | { accepted: false; why: string }

/** A connection as every library wants to know it. */
export type Peer = { idpEntityId: string; certificates: string[] }

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

async function opinion(ask: () => Promise<{ nameId: unknown; issuer: unknown }>): Promise<Opinion> {
  try {
    const { nameId, issuer } = await ask()
    return { accepted: true, nameId: text(nameId), issuer: text(issuer) }
  } catch (error) {
    return { accepted: false, why: error instanceof Error ? error.message : String(error) }
  }
}

export function askSamlify(samlResponse: string, { idpEntityId, certificates }: Peer): Promise<Opinion> {
  // Schemas are our own business: what samlify is asked for is its reading.
  samlify.setSchemaValidator({ validate: () => Promise.resolve('not looked at') })
  const identityProvider = samlify.IdentityProvider({
    entityID: idpEntityId,
    signingCert: certificates,
    singleSignOnService: [{ Binding: redirect, Location: 'https://idp.example/sso' }],
    singleLogoutService: [{ Binding: redirect, Location: 'https://idp.example/slo' }],
  })
  const serviceProvider = samlify.ServiceProvider({
    entityID: spEntityId,
    assertionConsumerService: [{ Binding: post, Location: acsUrl }],
    clockDrifts: [-180_000, 180_000],
  })
  return opinion(async () => {
    const request = { query: {}, body: { SAMLResponse: samlResponse } }
    const { extract } = await serviceProvider.parseLoginResponse(identityProvider, 'post', request)
    return { nameId: extract.nameID, issuer: extract.issuer }
  })
}

export function askNodeSaml(samlResponse: string, { idpEntityId, certificates }: Peer): Promise<Opinion> {
  const saml = new SAML({
    idpCert: certificates,
    idpIssuer: idpEntityId,
    issuer: spEntityId,
    audience: spEntityId,
    callbackUrl: acsUrl,
    entryPoint: 'https://idp.example/sso',
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
    acceptedClockSkewMs: 180_000,
    validateInResponseTo: ValidateInResponseTo.never,
  })
  return opinion(async () => {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: samlResponse })
    return { nameId: profile?.nameID, issuer: profile?.issuer }
  })
}
