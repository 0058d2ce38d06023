import { Badge } from '@mantine/core'
import { Cell, Row } from '../../components/data-table.tsx'
import { Day, RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { InvitationMenu } from './invitation-menu.tsx'
import classes from './invitation-row.module.css'

export const InvitationRow_invitation = graphql(`
  fragment InvitationRow_invitation on Invitation {
    id
    email
    expired
    expiresAt
    sentAt
    problem
    role {
      id
      name
    }
    invitedBy {
      id
      name
      email
    }
  }
`)

type Props = { invitation: FragmentType<typeof InvitationRow_invitation>; onSentAgain: () => void }

export function InvitationRow({ invitation, onSentAgain }: Props) {
  const { id, email, expired, expiresAt, sentAt, problem, role, invitedBy } = unmask(
    InvitationRow_invitation,
    invitation,
  )
  return (
    <Row quiet={problem !== null}>
      <Cell place="title">
        <div className={classes['address']}>
          <span>{email}</span>
          {problem !== null && <Badge color="amber">{expired ? 'Expired' : 'Lets nobody in'}</Badge>}
        </div>
        {problem !== null && !expired && <div className={classes['soft']}>{problem}</div>}
      </Cell>
      <Cell label="Role">
        <div>
          {role.name}
          <div className={classes['soft']}>by {invitedBy.name ?? invitedBy.email}</div>
        </div>
      </Cell>
      <Cell label="Sent">
        <RelativeTime at={sentAt} />
      </Cell>
      <Cell label="Expires">
        <Day at={expiresAt} />
      </Cell>
      <Cell place="corner">
        <InvitationMenu invitationId={id} email={email} onSentAgain={onSentAgain} />
      </Cell>
    </Row>
  )
}
