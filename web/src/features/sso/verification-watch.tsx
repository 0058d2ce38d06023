import { Alert, Loader, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { describeFixedBy } from './attempt-words.ts'

export const VerificationWatch_connection = graphql(`
  fragment VerificationWatch_connection on SsoConnection {
    verifiedAt
    updatedAt
    lastAttempt: signInAttempts(first: 1) {
      nodes {
        id
        at
        succeeded
        message
        advice
        fixedBy
      }
    }
  }
`)

/** What became of the test, said as it happens. */
export function VerificationWatch({ connection }: { connection: FragmentType<typeof VerificationWatch_connection> }) {
  const { verifiedAt, updatedAt, lastAttempt } = unmask(VerificationWatch_connection, connection)
  const last = lastAttempt.nodes[0]
  const refused = last !== undefined && !last.succeeded && Date.parse(last.at) >= Date.parse(updatedAt) ? last : null
  return (
    <div role="status">
      {verifiedAt !== null ? (
        <Alert
          color="verdigris"
          icon={<IconCircleCheck size={18} aria-hidden="true" />}
          title="Verified: single sign-on works"
        >
          <Text size="sm">
            Somebody signed in with these settings <RelativeTime at={verifiedAt} />. Give your members the SSO login
            URL.
          </Text>
        </Alert>
      ) : refused === null ? (
        <Alert color="gray" icon={<Loader size={16} aria-hidden="true" />}>
          <Text size="sm">Waiting for the first sign-in. This changes by itself.</Text>
        </Alert>
      ) : (
        <Alert
          color="red"
          icon={<IconAlertTriangle size={18} aria-hidden="true" />}
          title="The last sign-in was refused"
        >
          <Text size="sm">{refused.message}</Text>
          {refused.advice !== null && (
            <Text size="sm" mt={6}>
              {refused.advice}
            </Text>
          )}
          {refused.fixedBy !== null && (
            <Text size="xs" mt={6} c="dimmed">
              Who can fix it: {describeFixedBy(refused.fixedBy)}
            </Text>
          )}
        </Alert>
      )}
    </div>
  )
}
