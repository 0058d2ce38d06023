import { shorten } from '../protocol/sign-in-check.ts'
import { entraTenantWideAdvice } from '../read-metadata-input.ts'
import { isEntraTenantWideMetadataUrl } from '../saml/entra-metadata-url.ts'
import { type Diagnosis, diagnosis, type Looking, type LookingAt, type LookingOidc } from './diagnosis.ts'
import { explainAuthorizationRequest } from './explain-oidc.ts'

const address = (title: string, explanation: string, whatToDo: string[]): Diagnosis =>
  diagnosis('ADDRESS', title, explanation, whatToDo)

const ourAddresses: Record<string, [title: string, explanation: string, whatToDo: string]> = {
  login: [
    'An SSO login URL of ours',
    'Members start here, and bookmark it.',
    'At the identity provider it is the Sign on URL; it is not the Reply URL, and not the Single Sign-On URL here.',
  ],
  acs: [
    'A redirect URL of ours',
    'The identity provider posts its answers there. Opened in a browser it shows nothing.',
    'At the identity provider it is the Reply URL (ACS URL); members need the SSO login URL instead.',
  ],
  callback: [
    'A redirect URL of ours',
    'The identity provider sends browsers back there, with a code that counts once, in the browser that started.',
    'At the identity provider it is the Sign-in redirect URI (Callback URL); members need the SSO login URL instead.',
  ],
  metadata: [
    'A metadata URL of ours',
    'The identity provider can read our settings there.',
    'By default it is our Entity ID too; in Microsoft Entra: Identifier (Entity ID).',
  ],
}

/** An address of ours, of this connection or of another one: whose is not told. */
function explainOurs({ pathname }: URL, looking: LookingAt): Diagnosis {
  const [, id, what = ''] = /^\/sso\/(sso_[0-9a-z]+)\/(login|acs|callback|metadata)$/.exec(pathname) ?? []
  const words = ourAddresses[what]
  if (id === undefined || words === undefined) {
    return address('An address of ours', 'It belongs to this Gatehouse, and is none that an identity provider needs.', [
      'The addresses for the identity provider stand on the page of the connection.',
    ])
  }
  const [title, explanation, whatToDo] = words
  const connection = (looking.saml ?? looking.oidc)?.connection ?? null
  return address(title, explanation, [
    ...(connection === null || connection.id === id
      ? []
      : ['It is of another connection than the one you are looking at.']),
    what === 'login' && looking.oidc !== null ? 'At the identity provider it is the Initiate login URI.' : whatToDo,
  ])
}

function explainTheirs(url: URL, looking: Looking): Diagnosis {
  const { idpSsoUrl = null, idpMetadataUrl = null } = looking?.connection ?? {}
  if (url.href === idpSsoUrl) {
    return address('The Single Sign-On URL', 'It stands in the connection already: authentication requests go there.', [
      'Opened by hand it shows an error (in Microsoft Entra AADSTS750054). Members start at the SSO login URL.',
    ])
  }
  if (isEntraTenantWideMetadataUrl(url.href)) {
    return address('Metadata of a whole Entra tenant', entraTenantWideAdvice, [
      'In Microsoft Entra: Single sign-on → SAML Certificates → App Federation Metadata Url.',
    ])
  }
  if (url.href === idpMetadataUrl || /metadata|descriptor/i.test(url.pathname)) {
    return address('A metadata URL', 'It seems to lead to the metadata of an identity provider. It was not opened.', [
      'Use it under Edit → Metadata URL.',
    ])
  }
  if (/\/(saml2?|sso|adfs\/ls|protocol\/saml|idp)(\/|$)/i.test(url.pathname)) {
    return address('A sign-in address of an identity provider', 'It may be where authentication requests go.', [
      'If the identity provider calls it Login URL or Single Sign-On URL, enter it under Edit → Single Sign-On URL.',
    ])
  }
  return address('An address', 'It is none that a connection needs, as far as it tells. It was not opened.', [
    'If an error is shown there, copy the text of that page and paste it here.',
  ])
}

/** The address of a discovery document, or the issuer itself. */
function explainDiscoveryAddress(url: URL, looking: LookingOidc): Diagnosis | null {
  const issuer = url.href.replace(/(\/\.well-known\/openid-configuration)?\/?$/, '')
  const isOurs = looking !== null && looking.connection.issuer.replace(/\/$/, '') === issuer
  if (!isOurs && !url.pathname.endsWith('/.well-known/openid-configuration')) return null
  return address(
    isOurs ? 'The issuer of this connection' : 'The address of a discovery document',
    'An identity provider with OpenID Connect describes itself there. It was not opened.',
    [
      isOurs
        ? 'It stands in the connection already. Open it with /.well-known/openid-configuration at its end, and paste what it shows here.'
        : `Its issuer is ${shorten(issuer, 200)}: enter that in a connection with OpenID Connect.`,
    ],
  )
}

/** An address; it is never opened. */
export function explainAddress(url: URL, publicUrl: string, looking: LookingAt): Diagnosis {
  if (url.origin === publicUrl) return explainOurs(url, looking)
  if (url.searchParams.has('client_id') && url.searchParams.has('redirect_uri')) {
    return explainAuthorizationRequest(url, looking.oidc)
  }
  return explainDiscoveryAddress(url, looking.oidc) ?? explainTheirs(url, looking.saml)
}
