import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { expiryOf, lifetimes } from './expiry.ts'
import type { NewAccessToken } from './use-create-access-token.ts'

export const AccessTokenForm_organization = graphql(`
  fragment AccessTokenForm_organization on Organization {
    id
    viewerPermissions
    roles {
      id
      key
      name
      permissions
    }
  }
`)

type Props = {
  organization: FragmentType<typeof AccessTokenForm_organization>
  /** Rejects with what the server refused. */
  onSubmit: (token: NewAccessToken) => Promise<void>
  busy: boolean
  onCancel: () => void
}

export function AccessTokenForm({ organization, onSubmit, busy, onCancel }: Props) {
  const { id, roles, viewerPermissions } = unmask(AccessTokenForm_organization, organization)
  const [name, setName] = useState('')
  const [role, setRole] = useState('member')
  const [lifetime, setLifetime] = useState('90')
  const [problem, setProblem] = useState<OperationError | null>(null)
  const messages = problem === null ? {} : messagesByField(problem)
  // What the server would refuse is not offered: a role above the viewer's own.
  const offered = roles.filter(({ permissions }) => permissions.every((one) => viewerPermissions.includes(one)))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      await onSubmit({ organizationId: id, name, role, expiresAt: expiryOf(lifetime, new Date()) })
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="What uses it, so that you know later what stops when you revoke it."
          placeholder="Terraform"
          required
          withAsterisk={false}
          data-autofocus
          autoComplete="off"
          value={name}
          error={messages['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label="Role"
          description="The most it may do. It never does more than you may do at the time of use."
          data={offered.map((one) => ({ value: one.key, label: one.name }))}
          value={role}
          error={messages['role']}
          onChange={(event) => setRole(event.currentTarget.value)}
        />
        <NativeSelect
          label="Expires"
          data={lifetimes.map(({ value, label }) => ({ value, label }))}
          value={lifetime}
          error={messages['expiresAt']}
          onChange={(event) => setLifetime(event.currentTarget.value)}
        />
        {problem !== null && Object.keys(messages).length === 0 && (
          <Problem message={problem.message} reference={problem.requestId} />
        )}
        <Group justify="flex-end" gap="sm" mt="xs">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Create token
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
