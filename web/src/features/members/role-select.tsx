import { NativeSelect, Tooltip, VisuallyHidden } from '@mantine/core'
import { useId, useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Day } from '../../components/relative-time.tsx'
import { toastDone, toastFailed } from '../../components/toast.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { describeRoleSource } from './membership-words.ts'
import classes from './role-select.module.css'
import { useChangeMemberRole } from './use-change-member-role.ts'

export const RoleSelect_membership = graphql(`
  fragment RoleSelect_membership on Membership {
    id
    roleSource
    roleExpiresAt
    rolePinned
    viewerRestriction
    user {
      id
      name
      email
    }
    role {
      id
      key
      name
    }
    assignableRoles {
      id
      key
      name
    }
  }
`)

type Props = { membership: FragmentType<typeof RoleSelect_membership>; isViewer: boolean }

/** The role of a member; offers what the server says the viewer may give. */
export function RoleSelect({ membership, isViewer }: Props) {
  const { id, user, role, roleSource, roleExpiresAt, rolePinned, assignableRoles, viewerRestriction } = unmask(
    RoleSelect_membership,
    membership,
  )
  const [asked, setAsked] = useState<{ key: string; name: string } | null>(null)
  const { changeMemberRole, loading } = useChangeMemberRole()
  const hint = useId()
  const person = user.name ?? user.email
  const others = assignableRoles.filter(({ key }) => key !== role.key)
  const fixed = others.length === 0

  const change = async (to: { key: string; name: string }) => {
    await changeMemberRole(id, to.key)
    toastDone(`${person} is now ${to.name}`)
  }
  const choose = (key: string) => {
    const to = others.find((one) => one.key === key)
    if (to === undefined) return
    if (to.key === 'owner' || isViewer) return setAsked(to)
    change(to).catch((error: unknown) => toastFailed(readOperationError(error).message))
  }

  const select = (
    <NativeSelect
      className={classes['select'] ?? ''}
      size="xs"
      aria-label={`Role of ${person}`}
      aria-describedby={hint}
      value={role.key}
      disabled={fixed || loading}
      data-fixed={fixed || undefined}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[role, ...others].map(({ key, name }) => ({ value: key, label: name }))}
    />
  )
  return (
    <div>
      <Tooltip label={viewerRestriction} disabled={!fixed || viewerRestriction === null}>
        <div>{select}</div>
      </Tooltip>
      <div className={classes['source']} id={hint}>
        {describeRoleSource(roleSource)}
        {!rolePinned && (roleSource === 'MANUAL' || roleSource === 'INVITATION') && ', sign-ins may change it'}
        {roleExpiresAt !== null && (
          <>
            , until <Day at={roleExpiresAt} />
          </>
        )}
        {fixed && viewerRestriction !== null && <VisuallyHidden>. {viewerRestriction}</VisuallyHidden>}
      </div>
      {asked !== null && (
        <ConfirmDialog
          title={isViewer ? 'Change your own role?' : `Make ${person} an owner?`}
          confirmLabel={isViewer ? `Become ${asked.name}` : 'Make owner'}
          onConfirm={() => change(asked)}
          onClose={() => setAsked(null)}
          explain={(error) => readOperationError(error).message}
        >
          {isViewer
            ? `You become ${asked.name} at once. What that role does not allow you can no longer do; only another owner can give your role back.`
            : `Owners may do everything: configure single sign-on, change every role, yours included, and remove every member. ${person} can do so at once.`}
        </ConfirmDialog>
      )}
    </div>
  )
}
