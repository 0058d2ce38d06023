import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'

/** The names of the attributes that hold the subject, the e-mail address and the name. */
export type AttributeMapping = { subject?: string; email?: string; name?: string }

/** SAML 2.0; OpenID Connect with Okta Workforce; OpenID Connect with anybody else. */
export type SsoProtocol = 'SAML' | 'OKTA' | 'OIDC'

/** What every kind of connection has. The kind's own settings are in a table of their own, one to one. */
export const ssoConnections = pgTable(
  'sso_connections',
  {
    id: id('id').primaryKey(),
    organizationId: id('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    protocol: text('protocol').$type<SsoProtocol>().notNull(),
    name: text('name').notNull(),
    enabled: boolean('enabled').notNull(),
    /** First successful sign-in with the current settings; null again whenever they change. */
    verifiedAt: instant('verified_at'),
    /** Raised by one at every change. */
    revision: integer('revision').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    check('sso_connections_protocol_known', sql`${table.protocol} in ('SAML', 'OKTA', 'OIDC')`),
    index('sso_connections_organization_index').on(table.organizationId, table.id),
  ],
)

/** SAML 2.0. Everything about the identity provider may be unknown at first. */
export const samlConnections = pgTable('saml_connections', {
  connectionId: id('connection_id')
    .primaryKey()
    .references(() => ssoConnections.id, { onDelete: 'cascade' }),
  /** Our name in this trust: the Issuer of our requests and the Audience we require. */
  spEntityId: text('sp_entity_id').notNull(),
  /** Where AuthnRequests go, by HTTP-Redirect. */
  idpSsoUrl: text('idp_sso_url'),
  /** The Issuer we require; null while unknown. */
  idpEntityId: text('idp_entity_id'),
  /** PEM, one a certificate; responses are verified with any of them. */
  idpCertificates: jsonb('idp_certificates').$type<string[]>().notNull(),
  /** Where the metadata came from, when it came by URL. */
  idpMetadataUrl: text('idp_metadata_url'),
  /** Where LogoutRequests go, by HTTP-Redirect; null: no single logout. */
  idpSloUrl: text('idp_slo_url'),
  /** Where LogoutResponses go when that is another address (Metadata 2.2.2, ResponseLocation). */
  idpSloResponseUrl: text('idp_slo_response_url'),
  /** Takes responses that answer no request of ours. */
  allowIdpInitiated: boolean('allow_idp_initiated').notNull().default(false),
  signAuthnRequests: boolean('sign_authn_requests').notNull().default(false),
  /** Asks the identity provider to let nobody in by an older sign-in over there (Core 3.4.1). */
  forceAuthn: boolean('force_authn').notNull().default(false),
  /** The AuthnContextClassRef asked for, and then required; null: whatever the identity provider does. */
  requestedAuthnContext: text('requested_authn_context'),
  /** Also takes what is encrypted with AES-CBC, which Entra does and which is weaker than GCM. */
  allowCbcEncryption: boolean('allow_cbc_encryption').notNull().default(false),
  /** Names of the attributes to read; what is absent is looked for under the usual names. */
  attributeMapping: jsonb('attribute_mapping').$type<AttributeMapping>().notNull().default({}),
})

/** Metadata that is fetched again by itself. One replica takes each that is due. */
export const samlMetadataRefreshes = pgTable(
  'saml_metadata_refreshes',
  {
    connectionId: id('connection_id')
      .primaryKey()
      .references(() => samlConnections.connectionId, { onDelete: 'cascade' }),
    dueAt: instant('due_at').notNull(),
    checkedAt: instant('checked_at'),
    /** Why the last check did not succeed, in a sentence for owners. */
    problem: text('problem'),
    /** How many checks in a row did not succeed. */
    failures: integer('failures').notNull().default(0),
    /** SHA-256 of each signing certificate that the metadata listed when it was last read; null before the first time. */
    announcedFingerprints: jsonb('announced_fingerprints').$type<string[]>(),
    /** The Single Sign-On URL that the metadata named when it was last read. */
    announcedSsoUrl: text('announced_sso_url'),
    /** Signing certificates that the metadata announces and nobody has confirmed yet, as PEM. */
    stagedCertificates: jsonb('staged_certificates').$type<{ pem: string; seenAt: string }[]>().notNull().default([]),
  },
  (table) => [index('saml_metadata_refreshes_due_index').on(table.dueAt)],
)

/** A warning about a certificate that ends, given once, whichever replica gives it. */
export const certificateWarnings = pgTable(
  'certificate_warnings',
  {
    connectionId: id('connection_id')
      .notNull()
      .references(() => ssoConnections.id, { onDelete: 'cascade' }),
    fingerprintSha256: text('fingerprint_sha256').notNull(),
    daysBefore: integer('days_before').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'certificate_warnings_pk',
      columns: [table.connectionId, table.fingerprintSha256, table.daysBefore],
    }),
  ],
)

/** Our own keys towards one identity provider. The private key is sealed: see core/sealed-box.ts. */
export const samlSpKeys = pgTable(
  'saml_sp_keys',
  {
    id: id('id').primaryKey(),
    connectionId: id('connection_id')
      .notNull()
      .references(() => samlConnections.connectionId, { onDelete: 'cascade' }),
    use: text('use').$type<'signing' | 'encryption'>().notNull(),
    /** PEM, self-signed. */
    certificate: text('certificate').notNull(),
    sealedPrivateKey: text('sealed_private_key').notNull(),
    createdAt: instant('created_at').notNull(),
    /** From then on it is published no longer; a decryption key still decrypts until it is deleted. */
    retiredAt: instant('retired_at'),
  },
  (table) => [
    check('saml_sp_keys_use_known', sql`${table.use} in ('signing', 'encryption')`),
    index('saml_sp_keys_connection_index').on(table.connectionId),
  ],
)

/** OpenID Connect: Okta Workforce, and any other issuer. */
export const oidcConnections = pgTable('oidc_connections', {
  connectionId: id('connection_id')
    .primaryKey()
    .references(() => ssoConnections.id, { onDelete: 'cascade' }),
  /** The issuer, exactly as its discovery document and its ID tokens name it (OpenID Connect Discovery 4.3). */
  issuer: text('issuer').notNull(),
  /** The host that an owner entered for Okta Workforce, normalised; null for another issuer. */
  oktaDomain: text('okta_domain'),
  clientId: text('client_id').notNull(),
  /** Sealed: see core/sealed-box.ts. Never read back through the API. */
  sealedClientSecret: text('sealed_client_secret').notNull(),
  /** Names of the claims to read; what is absent is looked for under the standard names. */
  attributeMapping: jsonb('attribute_mapping').$type<AttributeMapping>().notNull().default({}),
})
