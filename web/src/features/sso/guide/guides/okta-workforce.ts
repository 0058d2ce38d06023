import { type Guide, testStep } from '../guide.ts'

export const oktaWorkforce: Guide = {
  name: 'okta-workforce',
  title: 'Okta Workforce',
  steps: [
    {
      name: 'create',
      title: 'Create an app integration',
      text: [
        'In the Okta Admin Console: **Applications → Applications → Create App Integration → OIDC - OpenID Connect → Web Application → Next**.',
      ],
      place: {
        menu: ['Dashboard', 'Directory', 'Applications', 'Security', 'Reports'],
        chosen: 2,
        title: 'Create a new app integration',
        fields: [
          'OIDC - OpenID Connect',
          'SAML 2.0',
          'Web Application',
          'Single-Page Application',
          'Native Application',
        ],
        marked: [0, 2],
      },
    },
    {
      name: 'addresses',
      title: 'Enter our addresses',
      text: [
        '**Grant type: Authorization Code**. Remove the address under **Sign-out redirect URIs**.',
        'Under **Assignments** choose who may sign in, or **Skip group assignment for now**. Then **Save**.',
      ],
      values: [{ value: 'redirectUrl', field: 'Sign-in redirect URIs' }],
      see: 'The tab General of your new application, with its client credentials.',
    },
    {
      name: 'tile',
      title: 'Let the tile work',
      text: [
        'So that people can start at Okta’s dashboard. **General Settings → Edit → LOGIN → Login initiated by: Either Okta or App**, tick **Display application icon to users**, and **Save**.',
      ],
      values: [{ value: 'loginUrl', field: 'Initiate login URI' }],
      place: {
        menu: ['General', 'Sign On', 'Assignments', 'Okta API Scopes'],
        chosen: 0,
        title: 'LOGIN',
        fields: [
          'Sign-in redirect URIs',
          'Sign-out redirect URIs',
          'Login initiated by',
          'Application visibility',
          'Initiate login URI',
        ],
        marked: [0, 2, 4],
      },
    },
    {
      name: 'credentials',
      title: 'Bring Okta’s side here',
      text: [
        '**Client ID** and **Client Secret** are under **General → Client Credentials** and **CLIENT SECRETS**. **Okta Domain** is in the menu under your name at the top right, such as acme.okta.com.',
      ],
      place: {
        menu: ['General', 'Sign On', 'Assignments', 'Okta API Scopes'],
        chosen: 0,
        title: 'Client Credentials',
        fields: ['Client ID · Copy', 'Client authentication: Client secret', 'CLIENT SECRETS · Copy'],
        marked: [0, 2],
      },
    },
    {
      name: 'assign',
      title: 'Assign people',
      text: [
        '**Assignments → Assign → Assign to People** or **Assign to Groups**: whoever is to sign in, yourself included.',
      ],
    },
    testStep,
  ],
  mistakes: [
    {
      sign: 'Okta says “The ‘redirect_uri’ parameter must be a Login redirect URI”',
      fix: 'Sign-in redirect URIs does not hold the redirect URL: step 2.',
    },
    {
      sign: 'Okta says “User is not assigned to the client application”',
      fix: 'Assign the person, or a group of theirs: step 5.',
    },
    {
      sign: 'The issuer does not match',
      fix: 'Enter the domain without -admin, or the whole issuer of a custom authorization server: step 4.',
    },
  ],
}
