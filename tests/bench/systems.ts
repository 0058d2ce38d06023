import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { SAML } from '@node-saml/node-saml'
import { ParseOption, XmlDocument } from 'libxml2-wasm'
import samlify from 'samlify'
import { type Trust, verifyResponse } from '../../server/src/sso/saml/verify-response.ts'
import type { IdentityProvider } from '../testkit/identity-provider.ts'
import type { SignedDocument } from './documents.ts'

/** Verifies one response, or does as much of it as its title says; throws when the response is not good. */
export type System = { title: string; verify(): unknown }

const postBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

function ours({ samlResponse }: SignedDocument, trust: Trust, now: Date): System {
  return {
    title: 'Gatehouse, all checks and XSD',
    verify() {
      const outcome = verifyResponse({ samlResponse, trust, now })
      if (!outcome.ok) throw new Error(outcome.reason)
    },
  }
}

/** As its documentation starts it, with a validator that looks at nothing: those that do cost many times as much. */
function samlifyAlone({ samlResponse }: SignedDocument, idp: IdentityProvider, trust: Trust): System {
  samlify.setSchemaValidator({ validate: () => Promise.resolve('skipped') })
  const provider = samlify.ServiceProvider({
    entityID: trust.spEntityId,
    assertionConsumerService: [{ Binding: postBinding, Location: trust.acsUrl }],
  })
  const identityProvider = samlify.IdentityProvider({
    entityID: idp.entityId,
    signingCert: idp.certificate,
    singleSignOnService: [{ Binding: redirectBinding, Location: idp.ssoUrl }],
    singleLogoutService: [{ Binding: redirectBinding, Location: idp.ssoUrl }],
  })
  const request = { body: { SAMLResponse: samlResponse } }
  return {
    title: 'samlify 2.13.1, without XSD',
    verify: () => provider.parseLoginResponse(identityProvider, 'post', request),
  }
}

function nodeSaml({ samlResponse }: SignedDocument, idp: IdentityProvider, trust: Trust): System {
  const provider = new SAML({
    callbackUrl: trust.acsUrl,
    issuer: trust.spEntityId,
    audience: trust.spEntityId,
    idpCert: idp.certificate,
    idpIssuer: idp.entityId,
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: true,
  })
  return {
    title: 'node-saml 5.1.0',
    verify: () => provider.validatePostResponseAsync({ SAMLResponse: samlResponse }),
  }
}

/** As many bytes as a SignedInfo has, signed once more. */
function makeSignature(signer: KeyObject): { data: Buffer; signature: Buffer } {
  const data = Buffer.alloc(640, 'x')
  return { data, signature: sign('sha256', data, signer) }
}

function insist(holds: boolean): void {
  if (!holds) throw new Error('the signature does not hold')
}

/** What cannot be left out: one parse, one digest, one signature for each signed element. */
function floor({ samlResponse, signatures }: SignedDocument, signer: KeyObject, publicKey: KeyObject): System {
  const { data, signature } = makeSignature(signer)
  const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE
  return {
    title: 'floor: one libxml2 parse, SHA-256, RSA',
    verify() {
      const bytes = Buffer.from(samlResponse, 'base64')
      XmlDocument.fromBuffer(bytes, { option }).dispose()
      for (let left = signatures; left > 0; left--) {
        createHash('sha256').update(bytes).digest()
        insist(verify('sha256', data, publicKey, signature))
      }
    },
  }
}

function rsaLimit({ signatures }: SignedDocument, signer: KeyObject, publicKey: KeyObject): System {
  const { data, signature } = makeSignature(signer)
  return {
    title: 'limit: RSA verification alone',
    verify() {
      for (let left = signatures; left > 0; left--) insist(verify('sha256', data, publicKey, signature))
    },
  }
}

/** Everything that is compared, ours first, the limit last. */
export function makeSystems(document: SignedDocument, idp: IdentityProvider, trust: Trust, now: Date): System[] {
  const publicKey = trust.certificates[0]?.publicKey
  if (publicKey === undefined) throw new Error('no certificate')
  return [
    ours(document, trust, now),
    nodeSaml(document, idp, trust),
    samlifyAlone(document, idp, trust),
    floor(document, idp.signer.key, publicKey),
    rsaLimit(document, idp.signer.key, publicKey),
  ]
}
