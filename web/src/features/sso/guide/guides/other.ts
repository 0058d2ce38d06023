import { type Guide, testStep } from '../guide.ts'

export const otherSaml: Guide = {
  name: 'other-saml',
  title: 'Another one that speaks SAML 2.0',
  steps: [
    {
      name: 'create',
      title: 'Create an application for SAML 2.0',
      text: ['It may be called a service provider, a relying party, a client or a connector.'],
    },
    {
      name: 'addresses',
      title: 'Enter our addresses',
      text: ['Where it can read metadata by itself, the third is all it needs. It sends responses by **HTTP-POST**.'],
      values: [
        { value: 'redirectUrl', field: 'ACS URL, Reply URL, Recipient, Destination' },
        { value: 'spEntityId', field: 'Entity ID, Audience, Identifier' },
        { value: 'spMetadataUrl', field: 'Metadata URL' },
        { value: 'loginUrl', field: 'Sign on URL, Start URL, Login URL' },
      ],
    },
    {
      name: 'signing',
      title: 'Check what is signed',
      text: ['The **assertion**, with **RSA** and **SHA-256**. SHA-1 is refused.'],
    },
    {
      name: 'attributes',
      title: 'Say what is sent about people',
      text: [
        'A **Name ID** that never changes (format persistent), and the attributes **email** and **name**, or **firstName** and **lastName**. Others can be named under **Attributes**.',
      ],
    },
    {
      name: 'metadata',
      title: 'Bring its side here',
      text: [
        'Paste its metadata into **Paste anything you have** below: the address, the file or the text. Without metadata: its login address and its certificate, one after the other.',
      ],
      see: 'Single Sign-On URL and Certificate below are filled.',
    },
    {
      name: 'assign',
      title: 'Let people use it',
      text: ['Where it asks which people or groups may use the application.'],
    },
    testStep,
  ],
  mistakes: [
    { sign: 'The audience does not match', fix: 'Entity ID over there and here differ: step 2.' },
    {
      sign: 'The signature is missing',
      fix: 'It signs the response around an unsigned assertion, or nothing: step 3.',
    },
    { sign: 'There was no e-mail address', fix: 'It sends none, or under a name of its own: step 4.' },
  ],
}

export const otherOidc: Guide = {
  name: 'other-oidc',
  title: 'Another one with OpenID Connect',
  steps: [
    {
      name: 'create',
      title: 'Create an application for OpenID Connect',
      text: ['A web application, or confidential client, with the grant **Authorization Code** and a client secret.'],
    },
    {
      name: 'addresses',
      title: 'Enter our addresses',
      text: ['The second one only where it asks for it.'],
      values: [
        { value: 'redirectUrl', field: 'Redirect URI, Callback URL' },
        { value: 'loginUrl', field: 'Initiate login URI' },
      ],
    },
    {
      name: 'credentials',
      title: 'Bring its side here',
      text: [
        '**Issuer**: the address before **/.well-known/openid-configuration**. **Client ID** and **Client Secret**: those of the application.',
      ],
    },
    {
      name: 'assign',
      title: 'Let people use it',
      text: ['Where it asks which people or groups may use the application.'],
    },
    testStep,
  ],
  mistakes: [
    {
      sign: 'It says that the redirect URI is not registered',
      fix: 'It compares letter by letter, the slash at the end included: step 2.',
    },
    { sign: 'The issuer does not match', fix: 'Enter the issuer exactly as its discovery document says: step 3.' },
    {
      sign: 'There was no e-mail address',
      fix: 'The scope email is not granted to the application, or the person has none.',
    },
  ],
}
