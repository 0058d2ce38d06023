import samlify from 'samlify'
import { postBinding, redirectBinding } from './names.ts'

type ServiceProvider = { spEntityId: string; acsUrl: string; sloUrl?: string }

/**
 * Without a NameIDPolicy and a RequestedAuthnContext: asking for a format changes the subject that Entra sends, and
 * asking for a way of signing in makes Entra refuse members who used a better one.
 */
const authnRequestTemplate =
  '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ID}" Version="2.0" IssueInstant="{IssueInstant}" Destination="{Destination}" ProtocolBinding="{ProtocolBinding}" AssertionConsumerServiceURL="{AssertionConsumerServiceURL}"><saml:Issuer>{Issuer}</saml:Issuer></samlp:AuthnRequest>'

function serviceProvider({ spEntityId, acsUrl, sloUrl }: ServiceProvider) {
  const settings = {
    entityID: spEntityId,
    authnRequestsSigned: false,
    wantAssertionsSigned: true,
    singleLogoutService:
      sloUrl === undefined ? [] : [redirectBinding, postBinding].map((Binding) => ({ Binding, Location: sloUrl })),
    assertionConsumerService: [{ Binding: postBinding, Location: acsUrl }],
    loginRequestTemplate: { context: authnRequestTemplate },
    // Left out: NameIDFormat, for which samlify would fill in e-mail addresses. Any lasting one will do.
    elementsOrder: ['KeyDescriptor', 'SingleLogoutService', 'AssertionConsumerService'],
  }
  return samlify.ServiceProvider(settings)
}

/** An AuthnRequest (Core 3.4.1) in the HTTP-Redirect binding (Bindings 3.4), as the URL to send the browser to. */
export function makeAuthnRequest(provider: ServiceProvider, idpSsoUrl: string, id: string, issueInstant: Date): string {
  const identityProvider = samlify.IdentityProvider({
    entityID: idpSsoUrl,
    wantAuthnRequestsSigned: false,
    singleSignOnService: [{ Binding: redirectBinding, Location: idpSsoUrl }],
    // samlify complains on the console about an identity provider without one; nothing is ever sent there.
    singleLogoutService: [{ Binding: redirectBinding, Location: idpSsoUrl }],
  })
  const fill = (template: string) => ({
    id,
    context: samlify.SamlLib.replaceTagsByValue(template, {
      ID: id,
      IssueInstant: issueInstant.toISOString(),
      Destination: idpSsoUrl,
      ProtocolBinding: postBinding,
      AssertionConsumerServiceURL: provider.acsUrl,
      Issuer: provider.spEntityId,
    }),
  })
  return serviceProvider(provider).createLoginRequest(identityProvider, 'redirect', fill).context
}

/** Our metadata as XML. */
export const makeServiceProviderMetadata = (provider: ServiceProvider): string =>
  serviceProvider(provider).getMetadata()
