import { type Guide, pasteMetadataUrl, testStep } from '../guide.ts'

const menu = ['Overview', 'Properties', 'Users and groups', 'Single sign-on', 'Token encryption']

export const microsoftEntra: Guide = {
  name: 'microsoft-entra',
  title: 'Microsoft Entra',
  script: 'ENTRA',
  steps: [
    {
      name: 'create',
      title: 'Create an enterprise application',
      text: [
        'In the Microsoft Entra admin center: **Enterprise applications → New application → Create your own application**.',
        'Give it a name that your people know, choose **Integrate any other application you don’t find in the gallery (Non-gallery)**, and press **Create**.',
      ],
      place: {
        menu: ['All applications', 'Private network', 'User settings', 'App launchers'],
        chosen: 0,
        title: 'Create your own application',
        fields: [
          'What’s the name of your app?',
          'Configure Application Proxy …',
          'Register an application to integrate with Microsoft Entra ID …',
          'Integrate any other application you don’t find in the gallery (Non-gallery)',
        ],
        marked: [0, 3],
      },
      see: 'The overview of your new application. It takes up to a minute to appear.',
    },
    {
      name: 'saml',
      title: 'Choose SAML',
      text: ['In the menu of the application: **Single sign-on → SAML**.'],
      place: {
        menu,
        chosen: 3,
        title: 'Select a single sign-on method',
        fields: ['Disabled', 'SAML', 'Password-based', 'Linked'],
        marked: [1],
      },
      see: 'Five numbered boxes; the first is Basic SAML Configuration.',
    },
    {
      name: 'basic',
      title: 'Enter our addresses',
      text: [
        '**Basic SAML Configuration → Edit**. Enter these three, leave the rest empty, and **Save**. If there is a placeholder from another guide, replace it.',
      ],
      values: [
        { value: 'spEntityId', field: 'Identifier (Entity ID)' },
        { value: 'redirectUrl', field: 'Reply URL (Assertion Consumer Service URL)' },
        { value: 'loginUrl', field: 'Sign on URL' },
      ],
      place: {
        menu,
        chosen: 3,
        title: 'Basic SAML Configuration',
        fields: [
          'Identifier (Entity ID)',
          'Reply URL (Assertion Consumer Service URL)',
          'Sign on URL',
          'Relay State (Optional)',
          'Logout Url (Optional)',
        ],
        marked: [0, 1, 2],
      },
      see: 'The box shows the three addresses. If Entra asks whether to test single sign-on now, answer “No, I’ll test later”.',
    },
    {
      name: 'claims',
      title: 'Leave Attributes & Claims as they are',
      text: [
        'The defaults are right: people are recognized by their object ID, which Entra always sends, and the e-mail address comes from **emailaddress: user.mail**.',
      ],
    },
    {
      name: 'metadata',
      title: 'Bring Entra’s side here',
      text: [
        '**SAML Certificates → App Federation Metadata Url**: copy it.',
        pasteMetadataUrl('address'),
        'Without it: the whole section **Set up …** as text, and **Certificate (Base64)**, one after the other into the same box.',
      ],
      place: {
        menu,
        chosen: 3,
        title: 'SAML Certificates',
        fields: [
          'Thumbprint',
          'App Federation Metadata Url',
          'Certificate (Base64) · Download',
          'Federation Metadata XML · Download',
        ],
        marked: [1],
      },
      see: 'Single Sign-On URL and Certificate below are filled. The address ends in ?appid=…',
    },
    {
      name: 'assign',
      title: 'Assign people',
      text: [
        '**Users and groups → Add user/group**: whoever is to sign in, yourself included. Nobody else gets in, unless **Properties → Assignment required?** is No.',
      ],
      place: {
        menu,
        chosen: 2,
        title: 'Users and groups',
        fields: ['Add user/group', 'Edit assignment', 'Remove'],
        marked: [0],
      },
    },
    testStep,
  ],
  mistakes: [
    {
      sign: 'AADSTS50011: the reply URL does not match',
      fix: 'The Reply URL is still a placeholder, or that of another application: step 3.',
    },
    {
      sign: 'AADSTS700016: the application was not found',
      fix: 'Identifier (Entity ID) over there and Entity ID here differ, in letter case perhaps: step 3.',
    },
    {
      sign: 'AADSTS50105: the signed-in user is not assigned',
      fix: 'Assign the person, or a group of theirs: step 6.',
    },
    {
      sign: 'The signature does not match, though the certificate is new',
      fix: 'The metadata was that of the whole tenant. Take the address that ends in ?appid=…: step 5.',
    },
    {
      sign: 'There was no e-mail address',
      fix: 'The person’s property Email is empty in Entra. Fill it, or let the claim come from another attribute: step 4.',
    },
  ],
}
