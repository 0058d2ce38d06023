import { useQuery } from '@apollo/client/react'
import { Checkbox, List, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { toastDone } from '../../components/toast.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { useRemoveMember } from './use-remove-member.ts'

const TokensOfMember = graphql(`
  query TokensOfMember($membershipId: ID!) {
    node(id: $membershipId) {
      __typename
      id
      ... on Membership {
        accessTokens {
          id
          name
          viewerCanTakeOver
          role {
            id
            name
          }
        }
      }
    }
  }
`)

type Props = { membershipId: string; person: string; organizationName: string; onClose: () => void }

/** Says what removing somebody means, their access tokens included, which may be taken over. */
export function RemovalConfirmation({ membershipId, person, organizationName, onClose }: Props) {
  const removeMember = useRemoveMember()
  const [takeOver, setTakeOver] = useState(false)
  const { data, loading } = useQuery(TokensOfMember, { variables: { membershipId }, fetchPolicy: 'network-only' })
  const tokens = (data?.node?.__typename === 'Membership' ? data.node.accessTokens : null) ?? []
  const mayTakeOver = tokens.length > 0 && tokens.every(({ viewerCanTakeOver }) => viewerCanTakeOver)
  const remove = async () => {
    await removeMember(membershipId, mayTakeOver && takeOver)
    toastDone(`${person} was removed from ${organizationName}`)
  }
  return (
    <ConfirmDialog
      title={`Remove ${person}?`}
      confirmLabel="Remove"
      danger
      onConfirm={remove}
      onClose={onClose}
      explain={(error) => readOperationError(error).message}
    >
      <Stack gap="sm">
        <Text size="sm">
          They lose access at once and their sessions end. They can come back by signing in through SSO while the
          identity provider still lets them; suspend them to keep them out.
        </Text>
        {loading && <Skeleton h={20} radius="sm" aria-busy="true" />}
        {tokens.length > 0 && (
          <>
            <Text size="sm">
              {takeOver ? 'You will answer for their access tokens:' : 'Their access tokens are revoked:'}
            </Text>
            <List size="sm">
              {tokens.map(({ id, name, role }) => (
                <List.Item key={id}>
                  {name} ({role.name})
                </List.Item>
              ))}
            </List>
          </>
        )}
        {mayTakeOver && (
          <Checkbox
            label="Take them over instead"
            description="They go on working, within your role. Whoever knows a secret still does: if they are not to be trusted, make new tokens instead."
            checked={takeOver}
            onChange={(event) => setTakeOver(event.currentTarget.checked)}
          />
        )}
      </Stack>
    </ConfirmDialog>
  )
}
