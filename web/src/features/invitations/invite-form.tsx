import { Button, Group, NativeSelect, Stack, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { readAddresses } from './read-addresses.ts'

export const InviteForm_organization = graphql(`
  fragment InviteForm_organization on Organization {
    id
    invitableRoles {
      id
      key
      name
    }
  }
`)

type Props = {
  organization: FragmentType<typeof InviteForm_organization>
  /** Rejects with what the server refused. */
  onSubmit: (input: { organizationId: string; emails: string[]; role: string }) => Promise<void>
  busy: boolean
  onCancel: () => void
}

/** Whom to invite, and to which role. Everything that was typed stays when the server refuses. */
export function InviteForm({ organization, onSubmit, busy, onCancel }: Props) {
  const { id, invitableRoles } = unmask(InviteForm_organization, organization)
  const [text, setText] = useState('')
  const [role, setRole] = useState(
    () => invitableRoles.find(({ key }) => key === 'member')?.key ?? invitableRoles[0]?.key ?? '',
  )
  const [problem, setProblem] = useState<OperationError | null>(null)
  const messages = problem === null ? {} : messagesByField(problem)
  const emails = readAddresses(text)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      await onSubmit({ organizationId: id, emails, role })
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Textarea
          label="E-mail addresses"
          description="One per line, or separated by commas or spaces. Up to 100 at once."
          placeholder="ada@example.com"
          required
          withAsterisk={false}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          autosize
          minRows={3}
          maxRows={10}
          value={text}
          error={messages['emails']}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          label="Role"
          description="What they may do here once they have joined. No higher than yours."
          data={invitableRoles.map((one) => ({ value: one.key, label: one.name }))}
          value={role}
          error={messages['role']}
          onChange={(event) => setRole(event.currentTarget.value)}
        />
        {problem !== null && messages['emails'] === undefined && messages['role'] === undefined && (
          <Problem message={problem.message} reference={problem.requestId} />
        )}
        <Group justify="flex-end" gap="sm" mt="xs">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            {emails.length > 1 ? `Invite ${emails.length} people` : 'Invite'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
