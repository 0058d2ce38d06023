const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const adfs1 = 'http://schemas.xmlsoap.org/claims/'
const microsoft = 'http://schemas.microsoft.com/identity/claims/'

/** The names that LDAP attributes have in SAML (SAML V2.0 X.500/LDAP Attribute Profile 2.3.1). */
const oid = {
  mail: 'urn:oid:0.9.2342.19200300.100.1.3',
  emailAddress: 'urn:oid:1.2.840.113549.1.9.1',
  displayName: 'urn:oid:2.16.840.1.113730.3.1.241',
  givenName: 'urn:oid:2.5.4.42',
  surname: 'urn:oid:2.5.4.4',
  commonName: 'urn:oid:2.5.4.3',
  eduPersonUniqueId: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.13',
}

/** Entra's object ID: "immutable and cannot be reassigned or reused". It comes before the NameID. */
export const objectIdentifier = `${microsoft}objectidentifier`

/**
 * For identity providers that send no lasting NameID, such as Shibboleth: SAML V2.0 Subject Identifier Attributes 3.3
 * and 3.4, and what eduPerson had before them. All of them last and are never given to somebody else.
 */
export const subjectIdentifiers = [
  'urn:oasis:names:tc:SAML:attribute:subject-id',
  'urn:oasis:names:tc:SAML:attribute:pairwise-id',
  oid.eduPersonUniqueId,
]

/** Where known identity providers put these by themselves, or are told to by their guides. The first one sent counts. */
export const usualNames = {
  email: [
    `${claims}emailaddress`,
    oid.mail,
    oid.emailAddress,
    'email',
    'mail',
    'emailAddress',
    'emailaddress',
    'Email',
    'EmailAddress',
    'user.email',
    'User.email',
    `${adfs1}EmailAddress`,
  ],
  fullName: [
    `${microsoft}displayname`,
    oid.displayName,
    'displayName',
    'displayname',
    'name',
    `${claims}name`,
    'cn',
    oid.commonName,
    `${adfs1}CommonName`,
  ],
  givenName: [
    `${claims}givenname`,
    oid.givenName,
    'givenName',
    'given_name',
    'firstName',
    'FirstName',
    'firstname',
    'first_name',
    'user.firstName',
    'User.FirstName',
  ],
  surname: [
    `${claims}surname`,
    oid.surname,
    'sn',
    'surname',
    'family_name',
    'lastName',
    'LastName',
    'lastname',
    'last_name',
    'user.lastName',
    'User.LastName',
  ],
} as const
