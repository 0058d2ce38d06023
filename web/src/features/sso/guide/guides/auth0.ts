import { type Guide, pasteMetadataFile, testStep } from '../guide.ts'

export const auth0: Guide = {
  name: 'auth0',
  title: 'Auth0',
  steps: [
    {
      name: 'create',
      title: 'Create an application',
      text: [
        'In the Auth0 dashboard: **Applications → Applications → Create Application**. Enter a name, choose **Regular Web Applications**, and press **Create**.',
      ],
    },
    {
      name: 'addon',
      title: 'Switch on SAML',
      text: [
        'On the tab **Addons**: **SAML2 Web App**. In its tab **Settings** enter these two, scroll down, and press **Enable**.',
        'The settings name SHA-256: what Auth0 does without them, SHA-1, is refused.',
      ],
      values: [
        { value: 'redirectUrl', field: 'Application Callback URL' },
        { value: 'auth0Settings', field: 'Settings' },
      ],
      place: {
        menu: ['Settings', 'Credentials', 'APIs', 'Addons', 'Connections'],
        chosen: 3,
        title: 'Addon: SAML2 Web App · Settings',
        fields: ['Application Callback URL', 'Settings', 'Enable'],
        marked: [0, 1],
      },
    },
    {
      name: 'metadata',
      title: 'Bring Auth0’s side here',
      text: [
        'In the same window on the tab **Usage**: **Identity Provider Metadata: Download**.',
        pasteMetadataFile('file'),
      ],
      see: 'Single Sign-On URL, which holds /samlp/, and Certificate below are filled.',
    },
    {
      name: 'assign',
      title: 'Choose where people come from',
      text: [
        'On the tab **Connections** of the application switch on the connections whose people are to sign in, and the others off.',
      ],
    },
    testStep,
  ],
  mistakes: [
    { sign: 'The algorithm is not allowed', fix: 'Settings lacks signatureAlgorithm and digestAlgorithm: step 2.' },
    { sign: 'The audience does not match', fix: 'audience in Settings and Entity ID here differ: step 2.' },
    { sign: 'Anybody can make an account', fix: 'A connection with sign-ups is switched on: step 4.' },
  ],
}
