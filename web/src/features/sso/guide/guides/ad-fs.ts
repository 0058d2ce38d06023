import { type Guide, pasteMetadataFile, testStep } from '../guide.ts'

const menu = ['Service', 'Access Control Policies', 'Relying Party Trusts', 'Claims Provider Trusts']

export const adFs: Guide = {
  name: 'ad-fs',
  title: 'AD FS',
  steps: [
    {
      name: 'create',
      title: 'Add a relying party trust',
      text: [
        'In AD FS Management: **Relying Party Trusts → Add Relying Party Trust → Claims aware → Start**.',
        'If the server reaches us: **Import data about the relying party published online** with the address below; everything of the next step is then filled. Otherwise **Enter data about the relying party manually**.',
      ],
      values: [{ value: 'spMetadataUrl', field: 'Federation metadata address' }],
      place: {
        menu,
        chosen: 2,
        title: 'Select Data Source',
        fields: [
          'Import data … published online or on a local network',
          'Import data … from a file',
          'Enter data about the relying party manually',
        ],
        marked: [0],
      },
    },
    {
      name: 'addresses',
      title: 'Enter our addresses',
      text: [
        'Under **Configure URL** tick **Enable support for the SAML 2.0 WebSSO protocol**. Under **Configure Identifiers** add the second one.',
        'Under **Choose Access Control Policy** say who may sign in, such as **Permit everyone**. Then finish the wizard.',
      ],
      values: [
        { value: 'redirectUrl', field: 'Relying party SAML 2.0 SSO service URL' },
        { value: 'spEntityId', field: 'Relying party trust identifier' },
      ],
    },
    {
      name: 'claims',
      title: 'Say what is sent about people',
      text: [
        '**Edit Claim Issuance Policy → Add Rule → Send LDAP Attributes as Claims**, attribute store **Active Directory**: **E-Mail-Addresses** to **E-Mail Address**, **Display-Name** to **Name**, **User-Principal-Name** to **Name ID**.',
      ],
      place: {
        menu,
        chosen: 2,
        title: 'Mapping of LDAP attributes',
        fields: ['E-Mail-Addresses → E-Mail Address', 'Display-Name → Name', 'User-Principal-Name → Name ID'],
        marked: [0, 1, 2],
      },
    },
    {
      name: 'algorithm',
      title: 'Check the algorithm',
      text: ['**Properties → Advanced → Secure hash algorithm: SHA-256**.'],
    },
    {
      name: 'metadata',
      title: 'Bring AD FS’s side here',
      text: [
        'Open **https://<your AD FS server>/FederationMetadata/2007-06/FederationMetadata.xml** in a browser and save it.',
        pasteMetadataFile('file FederationMetadata.xml'),
        'If we reach the server, paste the address itself: then new certificates are found by themselves.',
      ],
      see: 'Single Sign-On URL, which ends in /adfs/ls/, and Certificate below are filled.',
    },
    testStep,
  ],
  mistakes: [
    {
      sign: 'MSIS7007, or “the requested relying party trust is unspecified or unsupported”',
      fix: 'The relying party trust identifier and Entity ID here differ: step 2.',
    },
    {
      sign: 'There was no name ID, or no e-mail address',
      fix: 'The rule that sends it is missing, or the person has no value in Active Directory: step 3.',
    },
    {
      sign: 'The certificate changed by itself',
      fix: 'AD FS renews its token-signing certificate once a year. Paste the metadata address, so that the new one is found: step 5.',
    },
  ],
}
