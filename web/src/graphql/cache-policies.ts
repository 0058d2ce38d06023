import type { InMemoryCacheConfig } from '@apollo/client'

export const cacheConfig: InMemoryCacheConfig = {
  possibleTypes: {
    SsoConnection: ['OidcConnection', 'OktaConnection', 'SamlConnection'],
    Node: [
      'AccessToken',
      'AuditEvent',
      'Domain',
      'Invitation',
      'Membership',
      'OidcConnection',
      'OktaConnection',
      'Organization',
      'Role',
      'Session',
      'SamlConnection',
      'SignInAttempt',
      'SsoTest',
      'User',
    ],
  },
  typePolicies: {
    // One viewer per browser, whoever that is.
    Viewer: { keyFields: [], fields: { sessions: { merge: false } } },
    // Rows of a trace, certificates and page infos have no identity: the newest answer replaces them.
    SamlConnection: { fields: { idpCertificates: { merge: false }, attributeMapping: { merge: true } } },
    OktaConnection: { fields: { attributeMapping: { merge: true } } },
    OidcConnection: { fields: { attributeMapping: { merge: true } } },
    SignInAttempt: {
      fields: { checks: { merge: false }, notReached: { merge: false }, attributes: { merge: false } },
    },
    // A way in is somebody's: its address names whom to expect.
    SsoEntrance: { keyFields: false },
    SignInOptions: { fields: { entrances: { merge: false } } },
    OrganizationNeedingSso: { fields: { entrances: { merge: false } } },
    SsoTest: { fields: { attempts: { merge: false } } },
    Organization: {
      fields: {
        ssoConnections: { merge: false },
        ssoOverview: { merge: false },
        domains: { merge: false },
        roles: { merge: false },
        invitableRoles: { merge: false },
      },
    },
  },
}
