import { Badge, Button, Code } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Cell, Row } from '../../components/data-table.tsx'
import { Day, RelativeTime } from '../../components/relative-time.tsx'
import { toastDone } from '../../components/toast.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import classes from './access-token-row.module.css'
import { useRevokeAccessToken } from './use-revoke-access-token.ts'
import { useTakeOverAccessToken } from './use-take-over-access-token.ts'

export const AccessTokenRow_accessToken = graphql(`
  fragment AccessTokenRow_accessToken on AccessToken {
    id
    name
    lastCharacters
    createdAt
    expiresAt
    lastUsedAt
    viewerCanTakeOver
    role {
      id
      name
    }
    createdBy {
      id
      name
      email
    }
  }
`)

type Props = {
  accessToken: FragmentType<typeof AccessTokenRow_accessToken>
  mayManage: boolean
}

export function AccessTokenRow({ accessToken, mayManage }: Props) {
  const token = unmask(AccessTokenRow_accessToken, accessToken)
  const [asked, setAsked] = useState<'revoke' | 'takeOver' | null>(null)
  const { revokeAccessToken } = useRevokeAccessToken()
  const takeOverAccessToken = useTakeOverAccessToken()
  const maker = token.createdBy.name ?? token.createdBy.email
  const expired = token.expiresAt !== null && new Date(token.expiresAt).getTime() <= Date.now()

  const revoke = async () => {
    await revokeAccessToken(token.id)
    toastDone(`${token.name} was revoked.`)
  }

  const takeOver = async () => {
    await takeOverAccessToken(token.id)
    toastDone(`You answer for ${token.name} now.`)
  }

  return (
    <Row quiet={expired}>
      <Cell place="title">
        <div className={classes['name']}>
          <span>{token.name}</span>
          <Code className={classes['ending'] ?? ''} title="The last characters of the secret">
            …{token.lastCharacters}
          </Code>
          {expired && <Badge color="amber">Expired</Badge>}
        </div>
        <div className={classes['soft']}>
          {token.role.name}, by {maker}
        </div>
      </Cell>
      <Cell label="Created">
        <Day at={token.createdAt} />
      </Cell>
      <Cell label="Last used">
        {token.lastUsedAt === null ? (
          <span className={classes['soft']}>Never</span>
        ) : (
          <RelativeTime at={token.lastUsedAt} />
        )}
      </Cell>
      <Cell label="Expires">
        {token.expiresAt === null ? <span className={classes['soft']}>Never</span> : <Day at={token.expiresAt} />}
      </Cell>
      <Cell place="corner">
        {token.viewerCanTakeOver && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Take over ${token.name}`}
            onClick={() => setAsked('takeOver')}
          >
            Take over
          </Button>
        )}
        {mayManage && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={`Revoke ${token.name}`}
            onClick={() => setAsked('revoke')}
          >
            Revoke
          </Button>
        )}
        {asked === 'takeOver' && (
          <ConfirmDialog
            title={`Take over ${token.name}?`}
            confirmLabel="Take over"
            onConfirm={takeOver}
            onClose={() => setAsked(null)}
            explain={(error) => readOperationError(error).message}
          >
            You answer for it in the place of {maker}: it goes on working when they leave, and does no more than your
            role allows. Whoever knows its secret still does.
          </ConfirmDialog>
        )}
        {asked === 'revoke' && (
          <ConfirmDialog
            title={`Revoke ${token.name}?`}
            confirmLabel="Revoke"
            danger
            onConfirm={revoke}
            onClose={() => setAsked(null)}
            explain={(error) => readOperationError(error).message}
          >
            Whatever uses this token is refused from its next request on. This cannot be undone; a new token has a new
            secret.
          </ConfirmDialog>
        )}
      </Cell>
    </Row>
  )
}
