import { Badge } from '@mantine/core'
import { RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { connectionStatus } from './connection-status.ts'

export const ConnectionStatusBadge_connection = graphql(`
  fragment ConnectionStatusBadge_connection on SsoConnection {
    enabled
    complete
    verifiedAt
  }
`)

export function ConnectionStatusBadge({
  connection,
}: {
  connection: FragmentType<typeof ConnectionStatusBadge_connection>
}) {
  const status = connectionStatus(unmask(ConnectionStatusBadge_connection, connection))
  switch (status.kind) {
    case 'disabled':
      return <Badge color="gray">Disabled</Badge>
    case 'incomplete':
      return <Badge color="amber">Needs identity provider details</Badge>
    case 'untested':
      return <Badge color="amber">Not tested yet</Badge>
    case 'verified':
      return (
        <Badge color="verdigris">
          Verified <RelativeTime at={status.at} />
        </Badge>
      )
    default:
      return status satisfies never
  }
}
