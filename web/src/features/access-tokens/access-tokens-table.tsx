import { IconKey } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { AccessTokenRow } from './access-token-row.tsx'

export const AccessTokensTable_accessTokens = graphql(`
  fragment AccessTokensTable_accessTokens on AccessTokenConnection {
    totalCount
    nodes {
      id
      ...AccessTokenRow_accessToken
    }
  }
`)

type Props = {
  accessTokens: FragmentType<typeof AccessTokensTable_accessTokens>
  mayManage: boolean
  stale: boolean
  /** How to make the first one. */
  action: ReactNode
}

const columns = [
  { label: 'Token' },
  { label: 'Created', width: 130 },
  { label: 'Last used', width: 130 },
  { label: 'Expires', width: 130 },
  { label: 'Actions', hidden: true, width: 90 },
]

export function AccessTokensTable({ accessTokens, mayManage, stale, action }: Props) {
  const { nodes, totalCount } = unmask(AccessTokensTable_accessTokens, accessTokens)
  if (nodes.length === 0 && totalCount > 0) {
    return (
      <EmptyState icon={<IconKey size={22} />} title="No access tokens on this page">
        The last one here was revoked; the others are on the first page.
      </EmptyState>
    )
  }
  if (nodes.length === 0) {
    return (
      <EmptyState icon={<IconKey size={22} />} title="No access tokens" action={action}>
        A script signs in with an access token: to connect an identity provider, list members or change roles without a
        browser.
      </EmptyState>
    )
  }
  return (
    <DataTable caption="Access tokens of the organization" columns={columns} stale={stale}>
      {nodes.map((token) => (
        <AccessTokenRow key={token.id} accessToken={token} mayManage={mayManage} />
      ))}
    </DataTable>
  )
}
