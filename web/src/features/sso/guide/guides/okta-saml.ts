import { type Guide, pasteMetadataUrl, testStep } from '../guide.ts'

const menu = ['Dashboard', 'Directory', 'Applications', 'Security', 'Reports']

export const oktaSaml: Guide = {
  name: 'okta-saml',
  title: 'Okta, with SAML',
  steps: [
    {
      name: 'create',
      title: 'Create an app integration',
      text: [
        'In the Okta Admin Console: **Applications → Applications → Create App Integration → SAML 2.0 → Next**.',
        'Under **General Settings** enter an **App name** and press **Next**.',
      ],
      place: {
        menu,
        chosen: 2,
        title: 'Create a new app integration',
        fields: ['OIDC - OpenID Connect', 'SAML 2.0', 'SWA - Secure Web Authentication', 'API Services'],
        marked: [1],
      },
    },
    {
      name: 'saml',
      title: 'Enter our addresses',
      text: [
        'Under **Configure SAML**. Leave **Use this for Recipient URL and Destination URL** ticked, and **Default RelayState** empty.',
      ],
      values: [
        { value: 'redirectUrl', field: 'Single sign-on URL' },
        { value: 'spEntityId', field: 'Audience URI (SP Entity ID)' },
      ],
      place: {
        menu,
        chosen: 2,
        title: 'SAML Settings · General',
        fields: ['Single sign-on URL', 'Audience URI (SP Entity ID)', 'Default RelayState', 'Name ID format'],
        marked: [0, 1, 3],
      },
    },
    {
      name: 'attributes',
      title: 'Say what is sent about people',
      text: [
        '**Name ID format: Persistent**, **Application username: Okta username**.',
        'Under **Attribute Statements**: **email** with the value **user.email**, and **name** with the value **user.displayName**. Then **Next**, and **Finish**.',
      ],
      see: 'The tab Sign On of your new application.',
    },
    {
      name: 'metadata',
      title: 'Bring Okta’s side here',
      text: ['**Sign On → Metadata details → Metadata URL → Copy**.', pasteMetadataUrl('address')],
      place: {
        menu: ['General', 'Sign On', 'Import', 'Assignments'],
        chosen: 1,
        title: 'SAML 2.0',
        fields: ['Metadata details', 'Metadata URL · Copy', 'More details'],
        marked: [1],
      },
      see: 'Single Sign-On URL and Certificate below are filled.',
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
      sign: 'Okta says that the user is not assigned',
      fix: 'Assign the person, or a group of theirs: step 5.',
    },
    {
      sign: 'The redirect URL or the recipient does not match',
      fix: 'Use this for Recipient URL and Destination URL is not ticked, or Single sign-on URL is another one: step 2.',
    },
    {
      sign: 'The tile on the dashboard is refused',
      fix: 'It starts a sign-in that we did not ask for. Allow that under Sign-in and encryption, or hide the tile and make a Bookmark App with the SSO login URL.',
    },
  ],
}
