import { type Guide, pasteMetadataUrl, testStep } from '../guide.ts'

const menu = ['Manage realms', 'Clients', 'Client scopes', 'Users', 'Realm settings']

export const keycloakSaml: Guide = {
  name: 'keycloak-saml',
  title: 'Keycloak, with SAML',
  steps: [
    {
      name: 'create',
      title: 'Create a client',
      text: [
        'In your realm: **Clients → Create client → Client type: SAML**, with our name as the client ID. Then **Next**.',
      ],
      values: [{ value: 'spEntityId', field: 'Client ID' }],
      place: {
        menu,
        chosen: 1,
        title: 'Create client · General settings',
        fields: ['Client type: SAML', 'Client ID', 'Name', 'Always display in UI'],
        marked: [0, 1],
      },
    },
    {
      name: 'addresses',
      title: 'Enter our addresses',
      text: ['Under **Login settings**, then **Save**.'],
      values: [
        { value: 'loginUrl', field: 'Home URL' },
        { value: 'redirectUrl', field: 'Valid redirect URIs' },
        { value: 'redirectUrl', field: 'Master SAML Processing URL' },
      ],
      place: {
        menu,
        chosen: 1,
        title: 'Login settings',
        fields: [
          'Root URL',
          'Home URL',
          'Valid redirect URIs',
          'IDP-Initiated SSO URL name',
          'Master SAML Processing URL',
        ],
        marked: [1, 2, 4],
      },
    },
    {
      name: 'signing',
      title: 'Check what is signed',
      text: [
        '**Settings → SAML capabilities → Name ID format: persistent**, and **Signature and Encryption → Sign assertions: On**.',
        '**Keys → Client signature required: Off**, unless you let us sign requests.',
      ],
    },
    {
      name: 'attributes',
      title: 'Say what is sent about people',
      text: [
        '**Client scopes** → the scope whose name ends in **-dedicated** → **Add predefined mapper**: **X500 email**, **X500 givenName**, **X500 surname**.',
      ],
    },
    {
      name: 'metadata',
      title: 'Bring Keycloak’s side here',
      text: [
        '**Realm settings → General → Endpoints → SAML 2.0 Identity Provider Metadata**: copy the address of this link.',
        pasteMetadataUrl('address'),
      ],
      see: 'Single Sign-On URL, which ends in /protocol/saml, and Certificate below are filled.',
    },
    testStep,
  ],
  mistakes: [
    { sign: 'Keycloak says “Invalid requester”', fix: 'Client signature required is On: step 3.' },
    { sign: 'Keycloak says “Client not found”', fix: 'Client ID over there and Entity ID here differ: step 1.' },
    { sign: 'There was no e-mail address', fix: 'The mapper X500 email is missing, or the user has none: step 4.' },
  ],
}

export const keycloakOidc: Guide = {
  name: 'keycloak-oidc',
  title: 'Keycloak',
  steps: [
    {
      name: 'create',
      title: 'Create a client',
      text: [
        'In your realm: **Clients → Create client → Client type: OpenID Connect**, with a **Client ID** of your own such as gatehouse. Then **Next**.',
        '**Client authentication: On**, and of the flows **Standard flow** alone. Then **Next**.',
      ],
      place: {
        menu,
        chosen: 1,
        title: 'Capability config',
        fields: ['Client authentication', 'Authorization', 'Standard flow', 'Direct access grants'],
        marked: [0, 2],
      },
    },
    {
      name: 'addresses',
      title: 'Enter our addresses',
      text: ['Under **Login settings**, then **Save**.'],
      values: [
        { value: 'loginUrl', field: 'Home URL' },
        { value: 'redirectUrl', field: 'Valid redirect URIs' },
      ],
    },
    {
      name: 'credentials',
      title: 'Bring Keycloak’s side here',
      text: [
        '**Issuer** is the address of the realm, such as **https://id.example.com/realms/acme**. **Client ID** is the one you chose, and **Client Secret** is under **Credentials**.',
      ],
      place: {
        menu: ['Settings', 'Keys', 'Credentials', 'Roles', 'Client scopes'],
        chosen: 2,
        title: 'Credentials',
        fields: ['Client Authenticator', 'Client Secret · Copy'],
        marked: [1],
      },
    },
    testStep,
  ],
  mistakes: [
    {
      sign: 'Keycloak says “Invalid parameter: redirect_uri”',
      fix: 'Valid redirect URIs does not hold the redirect URL: step 2.',
    },
    {
      sign: 'The client secret is refused',
      fix: 'Client authentication is Off, or the secret was made anew: steps 1 and 3.',
    },
  ],
}
