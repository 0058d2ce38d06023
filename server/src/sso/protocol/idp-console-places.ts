import type { KnownIdp } from './guess-identity-provider.ts'

/** The settings at an identity provider that a refused sign-in may lead to. */
export type ConsolePlace =
  | 'entityId'
  | 'acsUrl'
  | 'signOnUrl'
  | 'certificate'
  | 'signing'
  | 'algorithm'
  | 'encryption'
  | 'encryptionCertificate'
  | 'encryptionMethod'
  | 'forceAuthn'
  | 'issuer'
  | 'nameId'
  | 'email'
  | 'groups'
  | 'assignment'

const entra = 'Enterprise applications → your application'
const okta = 'Applications → your application'
const oktaSaml = `${okta} → General → SAML Settings → Edit → Configure SAML`
const google = 'Apps → Web and mobile apps → your application'
const adfs = 'Relying Party Trusts → your trust'
const keycloak = 'Clients → your client'

/** Where each setting is, in the words of the console. */
export const idpConsolePlaces: Record<KnownIdp, Record<ConsolePlace, string>> = {
  ENTRA: {
    entityId: `${entra} → Single sign-on → Basic SAML Configuration → Identifier (Entity ID)`,
    acsUrl: `${entra} → Single sign-on → Basic SAML Configuration → Reply URL (Assertion Consumer Service URL)`,
    signOnUrl: `${entra} → Single sign-on → Basic SAML Configuration → Sign on URL`,
    certificate: `${entra} → Single sign-on → SAML Certificates → Certificate (Base64) → Download`,
    signing: `${entra} → Single sign-on → SAML Certificates → Edit → Signing Option: Sign SAML assertion`,
    algorithm: `${entra} → Single sign-on → SAML Certificates → Edit → Signing Algorithm: SHA-256`,
    encryption: `${entra} → Security → Token encryption → Deactivate token encryption`,
    encryptionCertificate: `${entra} → Security → Token encryption → Import Certificate, then Activate token encryption certificate`,
    encryptionMethod:
      'no setting of Entra’s, which encrypts with AES-CBC: an owner may accept that here, under Edit → Sign-in and encryption',
    forceAuthn:
      'Protection → Conditional Access → a policy for your application → Session → Sign-in frequency: Every time',
    issuer: `${entra} → Single sign-on → Set up → Microsoft Entra Identifier`,
    nameId: `${entra} → Single sign-on → Attributes & Claims → Unique User Identifier (Name ID)`,
    email: `${entra} → Single sign-on → Attributes & Claims → emailaddress: user.mail`,
    groups: `${entra} → Single sign-on → Attributes & Claims → Add a group claim: Groups assigned to the application`,
    assignment: `${entra} → Users and groups → Add user/group`,
  },
  OKTA: {
    entityId: `${oktaSaml} → Audience URI (SP Entity ID)`,
    acsUrl: `${oktaSaml} → Single sign-on URL, with “Use this for Recipient URL and Destination URL”`,
    signOnUrl: 'Applications → Browse App Catalog → Bookmark App → URL, in place of the tile of the SAML application',
    certificate: `${okta} → Sign On → SAML Signing Certificates → the active one → Actions → Download certificate`,
    signing: `${oktaSaml} → Show Advanced Settings → Assertion Signature: Signed`,
    algorithm: `${oktaSaml} → Show Advanced Settings → Signature Algorithm: RSA-SHA256, Digest Algorithm: SHA256`,
    encryption: `${oktaSaml} → Show Advanced Settings → Assertion Encryption: Unencrypted`,
    encryptionCertificate: `${oktaSaml} → Show Advanced Settings → Encryption Certificate → Browse files`,
    encryptionMethod: `${oktaSaml} → Show Advanced Settings → Encryption Algorithm: AES256-GCM, Key Transport Algorithm: RSA-OAEP`,
    forceAuthn: `${oktaSaml} → Show Advanced Settings → Honor Force Authentication: Yes`,
    issuer: `${okta} → Sign On → View SAML setup instructions → Identity Provider Issuer`,
    nameId: `${oktaSaml} → Name ID format: Persistent, and Application username`,
    email: `${oktaSaml} → Attribute Statements → email: user.email`,
    groups: `${oktaSaml} → Group Attribute Statements`,
    assignment: `${okta} → Assignments → Assign`,
  },
  GOOGLE: {
    entityId: `${google} → Service provider details → Entity ID`,
    acsUrl: `${google} → Service provider details → ACS URL`,
    signOnUrl: 'no setting of Google’s: give members the SSO login URL as a bookmark',
    certificate: `${google} → Download metadata → Certificate`,
    signing: `${google} → Service provider details → Signed response`,
    algorithm: `${google} → Download metadata → Certificate: one with RSA and SHA-256`,
    encryption: 'no setting of Google’s: it does not encrypt assertions',
    encryptionCertificate: 'no setting of Google’s: it does not encrypt assertions',
    encryptionMethod: 'no setting of Google’s: it does not encrypt assertions',
    forceAuthn: 'no setting of Google’s: an owner may stop asking for it here, under Edit → Sign-in and encryption',
    issuer: `${google} → Download metadata → Entity ID`,
    nameId: `${google} → Service provider details → Name ID format: PERSISTENT, Name ID: Basic Information > Primary email`,
    email: `${google} → SAML attribute mapping → Primary email: email`,
    groups: `${google} → SAML attribute mapping → Group membership`,
    assignment: `${google} → User access → ON for everyone, or for the member’s unit or group`,
  },
  ADFS: {
    entityId: `${adfs} → Properties → Identifiers → Relying party identifiers`,
    acsUrl: `${adfs} → Properties → Endpoints → SAML Assertion Consumer Endpoints, binding POST`,
    signOnUrl: 'no setting of AD FS: give members the SSO login URL as a bookmark',
    certificate: 'Service → Certificates → Token-signing, the primary one → View Certificate → Copy to File',
    signing: 'PowerShell: Set-AdfsRelyingPartyTrust -TargetName … -SamlResponseSignature AssertionOnly',
    algorithm: `${adfs} → Properties → Advanced → Secure hash algorithm: SHA-256`,
    encryption: `${adfs} → Properties → Encryption → Remove`,
    encryptionCertificate: `${adfs} → Properties → Encryption → Browse`,
    encryptionMethod:
      'no setting of AD FS, which encrypts with AES-CBC: an owner may accept that here, under Edit → Sign-in and encryption',
    forceAuthn: 'PowerShell: Set-AdfsRelyingPartyTrust -TargetName … -AlwaysRequireAuthentication $true',
    issuer: 'Service → Edit Federation Service Properties → Federation Service identifier',
    nameId: `${adfs} → Edit Claim Issuance Policy → a rule whose outgoing claim type is Name ID`,
    email: `${adfs} → Edit Claim Issuance Policy → Send LDAP Attributes as Claims: E-Mail-Addresses to E-Mail Address`,
    groups: `${adfs} → Edit Claim Issuance Policy → the rule that sends groups`,
    assignment: `${adfs} → Edit Access Control Policy`,
  },
  KEYCLOAK: {
    entityId: `${keycloak} → Settings → Client ID`,
    acsUrl: `${keycloak} → Advanced → Assertion Consumer Service POST Binding URL, and Settings → Valid redirect URIs`,
    signOnUrl: `${keycloak} → Settings → Home URL`,
    certificate: 'Realm settings → Keys → the active RS256 key → Certificate',
    signing: `${keycloak} → Settings → Signature and Encryption → Sign assertions: On`,
    algorithm: `${keycloak} → Settings → Signature and Encryption → Signature algorithm: RSA_SHA256`,
    encryption: `${keycloak} → Keys → Encrypt assertions: Off`,
    encryptionCertificate: `${keycloak} → Keys → Encryption keys config → Import key`,
    encryptionMethod: `${keycloak} → Keys → Encryption keys config → Encryption algorithm: AES-256-GCM, Key transport algorithm: RSA-OAEP`,
    forceAuthn: `${keycloak} → Advanced → Authentication flow overrides → Browser Flow: one without the step Cookie`,
    issuer: 'Realm settings → General → Endpoints → SAML 2.0 Identity Provider Metadata → entityID',
    nameId: `${keycloak} → Settings → SAML capabilities → Name ID format: persistent`,
    email: `${keycloak} → Client scopes → the dedicated scope → Add predefined mapper → X500 email`,
    groups: `${keycloak} → Client scopes → the dedicated scope → the mapper of groups or roles`,
    assignment: `${keycloak} → Advanced → Authentication flow overrides, and the member’s roles`,
  },
  OTHER: {
    entityId: 'the SAML settings of your application → Entity ID (Audience, Identifier)',
    acsUrl: 'the SAML settings of your application → ACS URL (Reply URL, Recipient, Destination)',
    signOnUrl: 'the SAML settings of your application → Sign on URL (Start URL)',
    certificate: 'the SAML settings of your application → Signing certificate',
    signing: 'the SAML settings of your application → Sign assertions',
    algorithm: 'the SAML settings of your application → Signature algorithm: RSA with SHA-256',
    encryption: 'the SAML settings of your application → Encrypt assertions: off',
    encryptionCertificate: 'the SAML settings of your application → Encryption certificate',
    encryptionMethod: 'the SAML settings of your application → Encryption: AES-256-GCM, the key with RSA-OAEP',
    forceAuthn: 'the SAML settings of your application → Authentication at each sign-in: heed ForceAuthn',
    issuer: 'the SAML settings of your application → Issuer (Entity ID of the identity provider)',
    nameId: 'the SAML settings of your application → Name ID: a persistent one, filled for every member',
    email: 'the SAML settings of your application → Attributes → email: the e-mail address',
    groups: 'the SAML settings of your application → Attributes → the list of groups',
    assignment: 'your application → the people and groups who may use it',
  },
}
