import { type Guide, pasteMetadataFile, testStep } from '../guide.ts'

const menu = ['General Info', 'SSO', 'Identity Management', 'User Groups']

export const jumpCloud: Guide = {
  name: 'jumpcloud',
  title: 'JumpCloud',
  steps: [
    {
      name: 'create',
      title: 'Add a custom application',
      text: [
        'In the JumpCloud Admin Portal: **SSO Applications → Add New Application → Custom Application → Next**.',
        'Tick **Manage Single Sign-On (SSO)** and **Configure SSO with SAML**, press **Next**, enter a **Display Label**, and **Save Application**. Then **Configure Application**.',
      ],
    },
    {
      name: 'addresses',
      title: 'Enter our addresses',
      text: [
        'On the tab **SSO**. As **IdP Entity ID** enter a word that no other application of yours has.',
        '**SAMLSubject NameID: email**, **Signature Algorithm: RSA-SHA256**, and **Sign: Assertion**.',
      ],
      values: [
        { value: 'spEntityId', field: 'SP Entity ID' },
        { value: 'redirectUrl', field: 'ACS URLs: Default URL' },
        { value: 'loginUrl', field: 'Login URL' },
      ],
      place: {
        menu,
        chosen: 1,
        title: 'Single Sign-On Configuration',
        fields: ['IdP Entity ID', 'SP Entity ID', 'ACS URLs: Default URL', 'Signature Algorithm', 'Login URL'],
        marked: [0, 1, 2, 4],
      },
    },
    {
      name: 'attributes',
      title: 'Say what is sent about people',
      text: [
        'Under **User Attribute Mapping**: **email** with **email**, and **name** with **displayname**. Then **Save**.',
      ],
    },
    {
      name: 'metadata',
      title: 'Bring JumpCloud’s side here',
      text: ['On the tab **SSO**: **JumpCloud Metadata → Export Metadata**.', pasteMetadataFile('file')],
      see: 'Single Sign-On URL and Certificate below are filled.',
    },
    {
      name: 'assign',
      title: 'Give people access',
      text: ['On the tab **User Groups** tick the groups whose people are to sign in, and **Save**.'],
      place: { menu, chosen: 3, title: 'User Groups', fields: ['All Users', 'Engineering', 'Sales'], marked: [0] },
    },
    testStep,
  ],
  mistakes: [
    { sign: 'JumpCloud says that the person has no access', fix: 'None of their groups is ticked: step 5.' },
    {
      sign: 'The issuer changed',
      fix: 'IdP Entity ID was changed after its metadata was brought here. Bring it again: step 4.',
    },
  ],
}
