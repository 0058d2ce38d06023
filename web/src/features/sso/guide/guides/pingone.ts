import { type Guide, pasteMetadataUrl, testStep } from '../guide.ts'

export const pingOne: Guide = {
  name: 'pingone',
  title: 'PingOne',
  steps: [
    {
      name: 'create',
      title: 'Add an application',
      text: [
        'In your environment: **Applications → Applications → +**. Enter an **Application Name**, choose **SAML Application**, and press **Configure**.',
      ],
      place: {
        menu: ['Getting Started', 'Directory', 'Applications', 'Authentication'],
        chosen: 2,
        title: 'Add Application',
        fields: ['Application Name', 'SAML Application', 'OIDC Web App', 'Worker'],
        marked: [0, 1],
      },
    },
    {
      name: 'addresses',
      title: 'Enter our addresses',
      text: ['Choose **Manually Enter**, then **Save**.'],
      values: [
        { value: 'redirectUrl', field: 'ACS URLs' },
        { value: 'spEntityId', field: 'Entity ID' },
      ],
    },
    {
      name: 'attributes',
      title: 'Say what is sent about people',
      text: [
        'On the tab **Attribute Mappings**: leave **saml_subject** with **User ID**, which never changes, and add **email** with **Email Address** and **name** with **Formatted**.',
      ],
      place: {
        menu: ['Overview', 'Configuration', 'Attribute Mappings', 'Policies', 'Access'],
        chosen: 2,
        title: 'Attribute Mapping',
        fields: ['saml_subject: User ID', 'email: Email Address', 'name: Formatted'],
        marked: [1, 2],
      },
    },
    {
      name: 'metadata',
      title: 'Bring PingOne’s side here',
      text: ['On the tab **Configuration**: copy **IDP Metadata URL**.', pasteMetadataUrl('address')],
      see: 'Single Sign-On URL and Certificate below are filled.',
    },
    {
      name: 'assign',
      title: 'Switch it on',
      text: ['With the switch at the top of the application. Under **Access** you may restrict it to groups.'],
      see: 'The switch is on.',
    },
    testStep,
  ],
  mistakes: [
    {
      sign: 'PingOne says that the application is not available',
      fix: 'The switch of the application is off: step 5.',
    },
    { sign: 'There was no e-mail address', fix: 'The attribute email is not mapped: step 3.' },
  ],
}
