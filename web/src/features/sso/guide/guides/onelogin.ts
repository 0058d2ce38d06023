import { type Guide, pasteMetadataUrl, testStep } from '../guide.ts'

const menu = ['Info', 'Configuration', 'Parameters', 'Rules', 'SSO', 'Access', 'Users']

export const oneLogin: Guide = {
  name: 'onelogin',
  title: 'OneLogin',
  steps: [
    {
      name: 'create',
      title: 'Add the connector',
      text: [
        'In OneLogin’s **Administration**: **Applications → Add App**, search for **SAML Custom Connector (Advanced)**, give it a name and **Save**.',
      ],
    },
    {
      name: 'addresses',
      title: 'Enter our addresses',
      text: [
        'On the tab **Configuration**. **SAML initiator: Service Provider**, **SAML signature element: Assertion**. Then **Save**.',
      ],
      values: [
        { value: 'spEntityId', field: 'Audience (EntityID)' },
        { value: 'redirectUrl', field: 'Recipient' },
        { value: 'redirectUrlPattern', field: 'ACS (Consumer) URL Validator' },
        { value: 'redirectUrl', field: 'ACS (Consumer) URL' },
        { value: 'loginUrl', field: 'Login URL' },
      ],
      place: {
        menu,
        chosen: 1,
        title: 'Application details',
        fields: [
          'RelayState',
          'Audience (EntityID)',
          'Recipient',
          'ACS (Consumer) URL Validator',
          'ACS (Consumer) URL',
          'Login URL',
        ],
        marked: [1, 2, 3, 4, 5],
      },
    },
    {
      name: 'attributes',
      title: 'Say what is sent about people',
      text: [
        'On the tab **Parameters → +**: **email** with the value **Email**, and **name** with the value **Name**; tick **Include in SAML assertion** for both.',
      ],
    },
    {
      name: 'metadata',
      title: 'Bring OneLogin’s side here',
      text: [
        'On the tab **SSO**: copy the **Issuer URL**, where OneLogin publishes its metadata.',
        pasteMetadataUrl('address'),
      ],
      place: {
        menu,
        chosen: 4,
        title: 'Enable SAML 2.0',
        fields: ['X.509 Certificate', 'SAML Signature Algorithm: SHA-256', 'Issuer URL', 'SAML 2.0 Endpoint (HTTP)'],
        marked: [2],
      },
      see: 'Single Sign-On URL and Certificate below are filled.',
    },
    {
      name: 'algorithm',
      title: 'Choose SHA-256',
      text: [
        'On the same tab: **SAML Signature Algorithm: SHA-256**, then **Save**. The default is SHA-1, which is refused.',
      ],
    },
    {
      name: 'assign',
      title: 'Give people access',
      text: ['On the tab **Access** choose the roles whose people are to sign in, or add persons under **Users**.'],
    },
    testStep,
  ],
  mistakes: [
    { sign: 'The algorithm is not allowed', fix: 'SAML Signature Algorithm is still SHA-1: step 5.' },
    {
      sign: 'OneLogin refuses the request, or sends the response elsewhere',
      fix: 'ACS (Consumer) URL Validator is a pattern, not an address. Copy it as it stands: step 2.',
    },
    { sign: 'OneLogin says that the person has no access', fix: 'None of their roles has the application: step 6.' },
  ],
}
