import { Stack, Text, Title } from '@mantine/core'
import { RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { CertificateList } from './certificate-list.tsx'
import classes from './connection-summary.module.css'
import { OurAddresses } from './our-addresses.tsx'

export const ConnectionSummary_connection = graphql(`
  fragment ConnectionSummary_connection on SamlConnection {
    idpSsoUrl
    idpEntityId
    idpMetadataUrl
    allowIdpInitiated
    attributeMapping {
      subject
      email
      name
    }
    idpSloUrl
    updatedAt
    createdAt
    idpCertificates {
      ...CertificateList_certificate
    }
    ...OurAddresses_connection
  }
`)

/** Both sides of the trust, to compare with what stands at the identity provider. */
export function ConnectionSummary({ connection }: { connection: FragmentType<typeof ConnectionSummary_connection> }) {
  const shown = unmask(ConnectionSummary_connection, connection)
  const { subject, email, name } = shown.attributeMapping
  const mapped = Object.entries({ subject, 'e-mail address': email, 'full name': name }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  )
  const atIdp = shown.allowIdpInitiated ? 'Taken, and confirmed by the member each time' : 'Refused'
  const rows = [
    { label: 'Single Sign-On URL', value: shown.idpSsoUrl ?? 'Missing' },
    { label: 'Identity provider’s Entity ID (issuer)', value: shown.idpEntityId ?? 'Learned at the first sign-in' },
    ...(shown.idpSloUrl === null ? [] : [{ label: 'Logout URL', value: shown.idpSloUrl }]),
    ...(shown.idpMetadataUrl === null ? [] : [{ label: 'Metadata came from', value: shown.idpMetadataUrl }]),
    ...mapped.map(([label, value]) => ({ label: `Attribute for ${label}`, value })),
    { label: 'Sign-ins that start at the identity provider', value: atIdp },
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
        <Stack gap={6} mt="md">
          <Text size="sm" fw={500}>
            Certificates
          </Text>
          {shown.idpCertificates.length === 0 ? (
            <Text size="sm" c="dimmed">
              Missing: without one nothing that the identity provider says can be verified.
            </Text>
          ) : (
            <CertificateList certificates={shown.idpCertificates} />
          )}
        </Stack>
      </section>
      <section aria-labelledby="our-side">
        <Title order={2} id="our-side" mb="sm">
          For the identity provider
        </Title>
        <OurAddresses connection={shown} which="all" />
      </section>
    </div>
  )
}
