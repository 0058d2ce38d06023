import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import classes from './role-dialog.module.css'
import { useSaveRole } from './use-save-role.ts'

export const RoleDialog_organization = graphql(`
  fragment RoleDialog_organization on Organization {
    id
    permissions {
      key
      group
      name
      description
      viewerCanGrant
    }
  }
`)

type Role = { id: string; name: string; permissions: string[]; revision: number | null }
type Props = {
  organization: FragmentType<typeof RoleDialog_organization>
  /** Null for a new one. */
  before: Role | null
  onClose: () => void
}

/** Name and permissions of a role; offers what the server says the viewer may give. */
export function RoleDialog({ organization, before: role, onClose }: Props) {
  const { id, permissions } = unmask(RoleDialog_organization, organization)
  const { saveRole, loading } = useSaveRole(id, role)
  const [name, setName] = useState(role?.name ?? '')
  const [chosen, setChosen] = useState<string[]>(role?.permissions ?? ['organization:read', 'member:read'])
  const [problem, setProblem] = useState<OperationError | null>(null)
  const messages = problem === null ? {} : messagesByField(problem)
  useReturnFocus()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      await saveRole({ name, permissions: chosen })
      onClose()
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }
  const toggle = (key: string, on: boolean) =>
    setChosen(on ? [...chosen, key] : chosen.filter((permission) => permission !== key))

  return (
    <Modal opened onClose={onClose} title={role === null ? 'New role' : `Change ${role.name}`} centered>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <TextInput
            label="Name"
            required
            withAsterisk={false}
            data-autofocus
            autoComplete="off"
            value={name}
            error={messages['name'] ?? messages['key']}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {[...new Set(permissions.map(({ group }) => group))].map((group) => (
            <fieldset key={group} className={classes['group']}>
              <legend>{group}</legend>
              <Stack gap="sm">
                {permissions
                  .filter((permission) => permission.group === group)
                  .map(({ key, name: label, description, viewerCanGrant }) => (
                    <Checkbox
                      key={key}
                      label={label}
                      description={description}
                      checked={chosen.includes(key)}
                      disabled={!viewerCanGrant || key === 'organization:read'}
                      onChange={(event) => toggle(key, event.currentTarget.checked)}
                    />
                  ))}
              </Stack>
            </fieldset>
          ))}
          {problem !== null && messages['name'] === undefined && messages['key'] === undefined && (
            <Problem message={problem.message} reference={problem.requestId} />
          )}
          <Group justify="flex-end" gap="sm" mt="xs">
            <Button variant="default" onClick={onClose} disabled={loading}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              {role === null ? 'Make role' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
