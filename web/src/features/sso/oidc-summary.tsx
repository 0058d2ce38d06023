import { Title } from '@mantine/core'
import { RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './connection-summary.module.css'
import { OidcAddresses } from './oidc-addresses.tsx'

export const OidcSummary_connection = graphql(`
  fragment OidcSummary_connection on SsoConnection {
    __typename
    redirectUrl
    loginUrl
    createdAt
    updatedAt
    ... on OktaConnection {
      oktaDomain
      issuer
      clientId
      attributeMapping {
        subject
        email
        name
      }
    }
    ... on OidcConnection {
      issuer
      clientId
      attributeMapping {
        subject
        email
        name
      }
    }
  }
`)

/** Both sides of the trust with OpenID Connect, to compare with what stands at the identity provider. */
export function OidcSummary({ connection }: { connection: FragmentType<typeof OidcSummary_connection> }) {
  const shown = unmask(OidcSummary_connection, connection)
  if (shown.__typename === 'SamlConnection') return null
  const { subject, email, name } = shown.attributeMapping
  const mapped = Object.entries({ subject, 'e-mail address': email, 'full name': name }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  )
  const rows = [
    ...(shown.__typename === 'OktaConnection' ? [{ label: 'Okta Domain', value: shown.oktaDomain }] : []),
    { label: 'Issuer', value: shown.issuer },
    { label: 'Client ID', value: shown.clientId },
    { label: 'Client Secret', value: 'Stored encrypted, and never shown' },
    ...mapped.map(([label, value]) => ({ label: `Claim for ${label}`, value })),
  ]
  return (
    <div className={classes['sides']}>
      <section aria-labelledby="identity-provider">
        <Title order={2} id="identity-provider" mb="sm">
          Identity provider
        </Title>
        <dl className={classes['facts']}>
          {rows.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>Changed</dt>
            <dd>
              <RelativeTime at={shown.updatedAt} /> (made <RelativeTime at={shown.createdAt} />)
            </dd>
          </div>
        </dl>
      </section>
      <section aria-labelledby="our-side">
        <Title order={2} id="our-side" mb="sm">
          For the identity provider
        </Title>
        <OidcAddresses kind={shown.__typename} redirectUrl={shown.redirectUrl} loginUrl={shown.loginUrl} />
      </section>
    </div>
  )
}
