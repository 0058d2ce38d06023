import { Text, Title } from '@mantine/core'
import { formatDay, RelativeTime } from '../../../components/relative-time.tsx'
import { TextLink } from '../../../components/text-link.tsx'
import { type FragmentType, unmask } from '../../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../../graphql/generated/gql.ts'
import { ConnectionStatusBadge } from '../connection-status-badge.tsx'
import classes from './overview.module.css'

export const HealthCard_health = graphql(`
  fragment HealthCard_health on ConnectionHealth {
    lastSignInAt
    succeeded
    refused
    connection {
      __typename
      id
      name
      ...ConnectionStatusBadge_connection
      ... on SamlConnection {
        idpCertificates {
          fingerprintSha256
          subject
          notBefore
          notAfter
        }
      }
    }
  }
`)

type Certificate = { fingerprintSha256: string; subject: string; notBefore: string; notAfter: string }

/** One connection: whether people come in by it, and how long its certificates last. */
export function HealthCard({ health, slug }: { health: FragmentType<typeof HealthCard_health>; slug: string }) {
  const { lastSignInAt, succeeded, refused, connection } = unmask(HealthCard_health, health)
  const total = succeeded + refused
  const certificates = connection.__typename === 'SamlConnection' ? connection.idpCertificates : []
  return (
    <li className={classes['card']}>
      <div className={classes['head']}>
        <Title order={3} size="h4">
          <TextLink to="/organizations/$slug/settings/sso/$connectionId" params={{ slug, connectionId: connection.id }}>
            {connection.name}
          </TextLink>
        </Title>
        <ConnectionStatusBadge connection={connection} />
      </div>
      <dl className={classes['facts']}>
        <dt>Last sign-in</dt>
        <dd>{lastSignInAt === null ? 'Nobody yet' : <RelativeTime at={lastSignInAt} />}</dd>
        <dt>Seven days</dt>
        <dd>
          {total === 0
            ? 'No sign-ins'
            : `${succeeded.toLocaleString('en')} succeeded, ${refused.toLocaleString('en')} refused`}
        </dd>
      </dl>
      {total > 0 && (
        <div
          className={classes['share']}
          role="img"
          aria-label={`${Math.round((100 * refused) / total)} % of them were refused`}
        >
          <svg width="100%" height="8" aria-hidden="true">
            <rect width={`${(100 * succeeded) / total}%`} height="8" fill="var(--mantine-primary-color-filled)" />
            <rect
              x={`${(100 * succeeded) / total}%`}
              width={`${(100 * refused) / total}%`}
              height="8"
              fill="var(--mantine-color-red-6)"
            />
          </svg>
        </div>
      )}
      {certificates.map((certificate) => (
        <Timeline key={certificate.fingerprintSha256} certificate={certificate} />
      ))}
    </li>
  )
}

const day = 24 * 3600 * 1000

/** How much of its time a certificate has had. */
function Timeline({ certificate }: { certificate: Certificate }) {
  const { subject, notBefore, notAfter } = certificate
  const [from, to] = [Date.parse(notBefore), Date.parse(notAfter)]
  const left = Math.ceil((to - Date.now()) / day)
  const gone = Math.min(100, Math.max(0, (100 * (Date.now() - from)) / (to - from)))
  const state = left <= 0 ? 'over' : left <= 60 ? 'soon' : 'good'
  const fill = {
    over: 'var(--mantine-color-red-6)',
    soon: 'var(--mantine-color-amber-5)',
    good: 'var(--mantine-color-dimmed)',
  }[state]
  const words = left <= 0 ? 'It has ended' : left === 1 ? '1 day left' : `${left.toLocaleString('en')} days left`
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4} truncate="end">
        Certificate {subject}
      </Text>
      <div
        className={classes['line']}
        role="img"
        aria-label={`From ${formatDay(notBefore)} until ${formatDay(notAfter)}: ${words}`}
      >
        <svg width="100%" height="8" aria-hidden="true">
          <rect width={`${gone}%`} height="8" rx="4" fill={fill} />
        </svg>
      </div>
      <div className={classes['ends']}>
        <span>{words}</span>
        <span>until {formatDay(notAfter)}</span>
      </div>
    </div>
  )
}
