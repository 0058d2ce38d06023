import { Badge, Button } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Cell, Row } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { toastDone } from '../../components/toast.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { describeBrowser } from './describe-browser.ts'
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
    ipAddress
    userAgent
    current
  }
`)

const methods = { PASSWORD: 'with a password', SINGLE_SIGN_ON: 'through', RECOVERY_CODE: 'with a recovery code' }

/** A browser in which the viewer is signed in. The present one is ended by signing out. */
export function SessionRow({ session }: { session: FragmentType<typeof SessionRow_session> }) {
  const shown = unmask(SessionRow_session, session)
  const [ending, setEnding] = useState(false)
  const { endSession } = useEndSessions()
  const browser = describeBrowser(shown.userAgent)
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
        <div className={classes['soft']}>
          Signed in {methods[shown.method]} {shown.connectionName ?? ''}
        </div>
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
        {!shown.current && (
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
