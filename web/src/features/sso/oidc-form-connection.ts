import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import type { SetupGuide_connection } from './guide/use-setup-progress.ts'
import type { OidcFormValues } from './oidc-form-values.ts'

export const OidcForm_okta = graphql(`
  fragment OidcForm_okta on OktaConnection {
    id
    name
    revision
    updatedAt
    redirectUrl
    loginUrl
    ...SetupGuide_connection
    oktaDomain
    issuer
    clientId
    attributeMapping {
      subject
      email
      name
    }
  }
`)

export const OidcForm_oidc = graphql(`
  fragment OidcForm_oidc on OidcConnection {
    id
    name
    revision
    updatedAt
    redirectUrl
    loginUrl
    ...SetupGuide_connection
    issuer
    clientId
    attributeMapping {
      subject
      email
      name
    }
  }
`)

/** A connection with OpenID Connect as its form needs it. */
export type OidcFormConnection = {
  kind: 'OktaConnection' | 'OidcConnection'
  id: string
  revision: number
  updatedAt: string
  redirectUrl: string
  loginUrl: string
  /** How far somebody is with a guide. */
  guided: FragmentType<typeof SetupGuide_connection>
  values: OidcFormValues
}

type Shown = FragmentType<typeof SetupGuide_connection> & {
  id: string
  name: string
  revision: number
  updatedAt: string
  redirectUrl: string
  loginUrl: string
  clientId: string
  attributeMapping: { subject: string | null; email: string | null; name: string | null }
}

const formConnection = (kind: OidcFormConnection['kind'], shown: Shown, provider: string): OidcFormConnection => ({
  kind,
  id: shown.id,
  revision: shown.revision,
  updatedAt: shown.updatedAt,
  redirectUrl: shown.redirectUrl,
  loginUrl: shown.loginUrl,
  guided: shown,
  values: {
    provider,
    clientId: shown.clientId,
    clientSecret: '',
    name: shown.name,
    subjectAttribute: shown.attributeMapping.subject ?? '',
    emailAttribute: shown.attributeMapping.email ?? '',
    nameAttribute: shown.attributeMapping.name ?? '',
  },
})

/** Where the issuer is another than the organization's own, it stands in the field, so that nothing is lost. */
export function ofOkta(connection: FragmentType<typeof OidcForm_okta>): OidcFormConnection {
  const shown = unmask(OidcForm_okta, connection)
  const own = new URL(shown.issuer).pathname === '/'
  return formConnection('OktaConnection', shown, own ? shown.oktaDomain : shown.issuer)
}

export function ofOidc(connection: FragmentType<typeof OidcForm_oidc>): OidcFormConnection {
  const shown = unmask(OidcForm_oidc, connection)
  return formConnection('OidcConnection', shown, shown.issuer)
}
