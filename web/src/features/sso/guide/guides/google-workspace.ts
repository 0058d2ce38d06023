import { type Guide, pasteMetadataFile, testStep } from '../guide.ts'

const menu = ['Home', 'Directory', 'Devices', 'Apps', 'Security']

export const googleWorkspace: Guide = {
  name: 'google-workspace',
  title: 'Google Workspace',
  steps: [
    {
      name: 'create',
      title: 'Add a custom SAML app',
      text: [
        'In the Google Admin console: **Apps → Web and mobile apps → Add app → Add custom SAML app**. Enter an **App name** and press **Continue**.',
      ],
      place: {
        menu,
        chosen: 3,
        title: 'Web and mobile apps · Add app',
        fields: ['Search for apps', 'Add private Android app', 'Add custom SAML app'],
        marked: [2],
      },
    },
    {
      name: 'metadata',
      title: 'Bring Google’s side here',
      text: [
        'Under **Google Identity Provider details**: **Option 1 → Download metadata**, then **Continue**.',
        pasteMetadataFile('file GoogleIDPMetadata.xml'),
      ],
      place: {
        menu,
        chosen: 3,
        title: 'Google Identity Provider details',
        fields: ['Option 1: Download IdP metadata', 'Option 2: SSO URL', 'Entity ID', 'Certificate'],
        marked: [0],
      },
      see: 'Single Sign-On URL and Certificate below are filled.',
    },
    {
      name: 'provider',
      title: 'Enter our addresses',
      text: [
        'Under **Service provider details**. Leave **Start URL** empty and **Signed response** as it is.',
        '**Name ID format: PERSISTENT**, **Name ID: Basic Information > Primary email**. Then **Continue**.',
      ],
      values: [
        { value: 'redirectUrl', field: 'ACS URL' },
        { value: 'spEntityId', field: 'Entity ID' },
      ],
      place: {
        menu,
        chosen: 3,
        title: 'Service provider details',
        fields: ['ACS URL', 'Entity ID', 'Start URL (optional)', 'Signed response', 'Name ID format', 'Name ID'],
        marked: [0, 1, 4],
      },
    },
    {
      name: 'attributes',
      title: 'Map the attributes',
      text: [
        '**Add mapping**: **Primary email** to the app attribute **email**, **First name** to **firstName**, **Last name** to **lastName**. Then **Finish**.',
      ],
      see: 'The page of your app. User access says OFF for everyone.',
    },
    {
      name: 'assign',
      title: 'Switch it on for people',
      text: ['**User access → ON for everyone**, or for the units and groups that are to sign in, and **Save**.'],
      see: 'Google says that it may take up to 24 hours; usually it takes minutes.',
    },
    testStep,
  ],
  mistakes: [
    {
      sign: 'Error: app_not_enabled, or app_not_configured_for_user',
      fix: 'User access is off for the person’s unit or group, or was switched on a moment ago: step 5.',
    },
    {
      sign: 'Error: app_not_configured',
      fix: 'Entity ID over there and here differ: step 3.',
    },
    {
      sign: 'Somebody signs in with their private account',
      fix: 'Google takes the account that the browser has open. Sign in with the work account in a window of its own.',
    },
  ],
}
