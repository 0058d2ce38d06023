import { Badge, Button } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Cell, Row } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { toastDone } from '../../components/toast.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import classes from './session-row.module.css'
import { useEndSessions } from './use-end-sessions.ts'

export const SessionRow_session = graphql(`
  fragment SessionRow_session on Session {
    id
    createdAt
    lastSeenAt
    expiresAt
    method
    connectionName
    organizationName
    ipAddress
    userAgent
    browser
    current
  }
`)

type Made = {
  method: 'PASSWORD' | 'SINGLE_SIGN_ON' | 'RECOVERY_CODE'
  connectionName: string | null
  organizationName: string | null
}

/** How the person came in, and where to: a password opens all of their organizations. */
function describeMade({ method, connectionName, organizationName }: Made): string {
  if (method === 'PASSWORD') return 'With a password'
  const to = organizationName === null ? '' : ` into ${organizationName}`
  return method === 'RECOVERY_CODE' ? `With a recovery code${to}` : `Through ${connectionName}${to}`
}

/** A browser in which the viewer is signed in. To end the present one is to sign out. */
export function SessionRow({
  session,
  onSignOut,
}: {
  session: FragmentType<typeof SessionRow_session>
  onSignOut: () => void
}) {
  const shown = unmask(SessionRow_session, session)
  const [ending, setEnding] = useState(false)
  const { endSession } = useEndSessions()
  const { browser } = shown
  const end = async () => {
    await endSession(shown.id)
    toastDone(`The session in ${browser} has ended`)
  }
  return (
    <Row>
      <Cell place="title">
        <div className={classes['name']}>
          <span title={shown.userAgent ?? undefined}>{browser}</span>
          {shown.current && <Badge>This browser</Badge>}
        </div>
        <div className={classes['soft']}>{describeMade(shown)}</div>
      </Cell>
      <Cell label="From">{shown.ipAddress ?? <span className={classes['soft']}>Unknown</span>}</Cell>
      <Cell label="Signed in">
        <RelativeTime at={shown.createdAt} />
      </Cell>
      <Cell label="Last used">
        <RelativeTime at={shown.lastSeenAt} />
      </Cell>
      <Cell label="Ends">
        <RelativeTime at={shown.expiresAt} />
      </Cell>
      <Cell place="corner">
        {shown.current ? (
          <Button size="compact-sm" variant="subtle" onClick={onSignOut}>
            Sign out
          </Button>
        ) : (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={`End the session in ${browser}`}
            onClick={() => setEnding(true)}
          >
            End
          </Button>
        )}
        {ending && (
          <ConfirmDialog
            title={`End the session in ${browser}?`}
            confirmLabel="End the session"
            danger
            onConfirm={end}
            onClose={() => setEnding(false)}
            explain={(error) => readOperationError(error).message}
          >
            Whoever uses it has to sign in again. If you do not know it, tell an owner of your organization: somebody
            may have come in as you.
          </ConfirmDialog>
        )}
      </Cell>
    </Row>
  )
}
