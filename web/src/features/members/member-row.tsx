import { Badge } from '@mantine/core'
import { Cell, Row } from '../../components/data-table.tsx'
import { Initials } from '../../components/initials.tsx'
import { Day, RelativeTime } from '../../components/relative-time.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { MemberMenu } from './member-menu.tsx'
import classes from './member-row.module.css'
import { describeJoinMethod } from './membership-words.ts'
import { RoleSelect } from './role-select.tsx'

export const MemberRow_membership = graphql(`
  fragment MemberRow_membership on Membership {
    id
    suspended
    joinedAt
    joinMethod
    lastSignInAt
    user {
      id
      name
      email
    }
    ...RoleSelect_membership
    ...MemberMenu_membership
  }
`)

type Props = {
  membership: FragmentType<typeof MemberRow_membership>
  viewerMembershipId: string | null
  onLeft: () => void
}

export function MemberRow({ membership, viewerMembershipId, onLeft }: Props) {
  const member = unmask(MemberRow_membership, membership)
  const isViewer = member.id === viewerMembershipId
  const { name, email } = member.user
  return (
    <Row quiet={member.suspended}>
      <Cell place="title">
        <div className={classes['person']}>
          <Initials name={name ?? email} />
          <div className={classes['words']}>
            <div className={classes['name']}>
              <span>{name ?? email}</span>
              {isViewer && <Badge color="gray">You</Badge>}
              {member.suspended && <Badge color="amber">Suspended</Badge>}
            </div>
            {name !== null && <div className={classes['email']}>{email}</div>}
          </div>
        </div>
      </Cell>
      <Cell label="Role">
        <RoleSelect membership={member} isViewer={isViewer} />
      </Cell>
      <Cell label="Joined">
        <div>
          <Day at={member.joinedAt} />
          <div className={classes['method']}>{describeJoinMethod(member.joinMethod)}</div>
        </div>
      </Cell>
      <Cell label="Last sign-in">
        {member.lastSignInAt === null ? (
          <span className={classes['method']}>Not yet</span>
        ) : (
          <RelativeTime at={member.lastSignInAt} />
        )}
      </Cell>
      <Cell place="corner">
        <MemberMenu membership={member} isViewer={isViewer} onLeft={onLeft} />
      </Cell>
    </Row>
  )
}
