import { Badge, Button, Group, NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Cell, Row } from '../../components/data-table.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { RoleDialog, type RoleDialog_organization } from './role-dialog.tsx'
import { useDeleteRole } from './use-delete-role.ts'

export const RoleRow_overview = graphql(`
  fragment RoleRow_overview on RoleOverview {
    memberCount
    accessTokenCount
    viewerCanChange
    viewerCanDelete
    role {
      id
      name
      builtIn
      permissions
      revision
    }
    replacements {
      id
      key
      name
    }
  }
`)

type Props = {
  overview: FragmentType<typeof RoleRow_overview>
  organization: FragmentType<typeof RoleDialog_organization>
}

export function RoleRow({ overview, organization }: Props) {
  const { role, memberCount, accessTokenCount, viewerCanChange, viewerCanDelete, replacements } = unmask(
    RoleRow_overview,
    overview,
  )
  const [open, setOpen] = useState<'change' | 'delete' | null>(null)
  const [reassignTo, setReassignTo] = useState('member')
  const deleteRole = useDeleteRole()
  return (
    <Row>
      <Cell place="title">
        {role.name} {role.builtIn && <Badge color="gray">Built in</Badge>}
      </Cell>
      <Cell label="Members">{memberCount}</Cell>
      <Cell label="Access tokens">{accessTokenCount ?? '–'}</Cell>
      <Cell label="Allows">
        <Text size="xs">{role.permissions.join(', ')}</Text>
      </Cell>
      <Cell place="corner">
        <Group gap="xs" wrap="nowrap">
          {viewerCanChange && (
            <Button size="xs" variant="default" aria-label={`Change ${role.name}`} onClick={() => setOpen('change')}>
              Change
            </Button>
          )}
          {viewerCanDelete && (
            <Button size="xs" variant="default" aria-label={`Delete ${role.name}`} onClick={() => setOpen('delete')}>
              Delete
            </Button>
          )}
        </Group>
        {open === 'change' && <RoleDialog organization={organization} before={role} onClose={() => setOpen(null)} />}
        {open === 'delete' && (
          <ConfirmDialog
            title={`Delete ${role.name}?`}
            confirmLabel="Delete role"
            danger
            onConfirm={() => deleteRole(role.id, reassignTo)}
            onClose={() => setOpen(null)}
            explain={(error) => readOperationError(error).message}
          >
            <NativeSelect
              label="Whoever has it becomes"
              value={reassignTo}
              onChange={(event) => setReassignTo(event.currentTarget.value)}
              data={replacements.map(({ key, name }) => ({ value: key, label: name }))}
            />
          </ConfirmDialog>
        )}
      </Cell>
    </Row>
  )
}
