import { Text } from '@mantine/core'
import { CopyableValue } from '../../components/copyable-value.tsx'
import { TextLink } from '../../components/text-link.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { ConnectionActions } from './connection-actions.tsx'
import classes from './connection-card.module.css'
import { ConnectionStatusBadge } from './connection-status-badge.tsx'
import { protocolNames } from './protocol-names.ts'

export const ConnectionCard_connection = graphql(`
  fragment ConnectionCard_connection on SsoConnection {
    __typename
    id
    name
    loginUrl
    ...ConnectionStatusBadge_connection
    ...ConnectionActions_connection
  }
`)

type Props = {
  slug: string
  organizationId: string
  connection: FragmentType<typeof ConnectionCard_connection>
  mayManage: boolean
}

export function ConnectionCard({ slug, organizationId, connection, mayManage }: Props) {
  const shown = unmask(ConnectionCard_connection, connection)
  return (
    <li className={classes['card']}>
      <div className={classes['head']}>
        <TextLink
          to="/organizations/$slug/settings/sso/$connectionId"
          params={{ slug, connectionId: shown.id }}
          className={classes['name'] ?? ''}
        >
          {shown.name}
        </TextLink>
        <ConnectionStatusBadge connection={shown} />
        <Text size="xs" c="dimmed" className={classes['protocol'] ?? ''}>
          {protocolNames[shown.__typename]}
        </Text>
      </div>
      <CopyableValue label="SSO login URL" value={shown.loginUrl} />
      <div className={classes['foot']}>
        <ConnectionActions organizationId={organizationId} connection={shown} mayManage={mayManage} />
        <TextLink
          to="/organizations/$slug/settings/sso/$connectionId"
          params={{ slug, connectionId: shown.id }}
          size="sm"
        >
          Details and sign-in attempts
        </TextLink>
      </div>
    </li>
  )
}
