import samlify from 'samlify'
import type { AuthnRequestSettings } from './authn-request.ts'
import { postBinding, redirectBinding } from './names.ts'

/**
 * Without a NameIDPolicy, and a RequestedAuthnContext only when the owner set one: asking for a format changes the
 * subject that Entra sends, and asking for a way of signing in makes Entra refuse members who used a better one.
 */
function authnRequestTemplate({ forceAuthn, requestedAuthnContext }: AuthnRequestSettings): string {
  const force = forceAuthn ? ' ForceAuthn="true"' : ''
  const context =
    requestedAuthnContext === null
      ? ''
      : '<samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef>{AuthnContextClassRef}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>'
  return `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ID}" Version="2.0"${force} IssueInstant="{IssueInstant}" Destination="{Destination}" ProtocolBinding="{ProtocolBinding}" AssertionConsumerServiceURL="{AssertionConsumerServiceURL}"><saml:Issuer>{Issuer}</saml:Issuer>${context}</samlp:AuthnRequest>`
}

/** Both sides as samlify wants them: it writes metadata for each and reads that again, at a millisecond and a half. */
function makeEntities(settings: AuthnRequestSettings) {
  const { idpSsoUrl, spEntityId, acsUrl } = settings
  const serviceProvider = samlify.ServiceProvider({
    entityID: spEntityId,
    authnRequestsSigned: false,
    wantAssertionsSigned: true,
    assertionConsumerService: [{ Binding: postBinding, Location: acsUrl }],
    loginRequestTemplate: { context: authnRequestTemplate(settings) },
  })
  const identityProvider = samlify.IdentityProvider({
    entityID: idpSsoUrl,
    wantAuthnRequestsSigned: false,
    singleSignOnService: [{ Binding: redirectBinding, Location: idpSsoUrl }],
    // samlify complains on the console about an identity provider without one; nothing is ever sent there.
    singleLogoutService: [{ Binding: redirectBinding, Location: idpSsoUrl }],
  })
  return { serviceProvider, identityProvider }
}

/** By everything they are made of, so that a change of the settings finds others. */
const made = new Map<string, ReturnType<typeof makeEntities>>()
const mostMade = 500

function entitiesOf({ idpSsoUrl, spEntityId, acsUrl, forceAuthn, requestedAuthnContext }: AuthnRequestSettings) {
  const settings = { idpSsoUrl, spEntityId, acsUrl, forceAuthn, requestedAuthnContext }
  const key = JSON.stringify(settings)
  const found = made.get(key) ?? makeEntities(settings)
  if (made.size >= mostMade) made.clear()
  made.set(key, found)
  return found
}

/** An AuthnRequest (Core 3.4.1) in the HTTP-Redirect binding (Bindings 3.4), not signed, as the URL to send the browser to. */
export function makeAuthnRequest(settings: AuthnRequestSettings, id: string, issueInstant: Date): string {
  const { idpSsoUrl, spEntityId, acsUrl, requestedAuthnContext } = settings
  const { serviceProvider, identityProvider } = entitiesOf(settings)
  const fill = (template: string) => ({
    id,
    context: samlify.SamlLib.replaceTagsByValue(template, {
      ID: id,
      IssueInstant: issueInstant.toISOString(),
      Destination: idpSsoUrl,
      ProtocolBinding: postBinding,
      AssertionConsumerServiceURL: acsUrl,
      Issuer: spEntityId,
      AuthnContextClassRef: requestedAuthnContext,
    }),
  })
  return serviceProvider.createLoginRequest(identityProvider, 'redirect', fill).context
}
