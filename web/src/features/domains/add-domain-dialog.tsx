import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { useAddDomain } from './use-add-domain.ts'

type Props = { organizationId: string; onClose: () => void }

export function AddDomainDialog({ organizationId, onClose }: Props) {
  const { addDomain, loading } = useAddDomain()
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<OperationError | null>(null)
  const messages = problem === null ? {} : messagesByField(problem)
  useReturnFocus()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      await addDomain(organizationId, name)
      onClose()
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }

  return (
    <Modal opened onClose={onClose} title="Add a domain" centered>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <TextInput
            label="Domain"
            description="As it stands after the @ in your organization’s e-mail addresses. A subdomain is a domain of its own."
            placeholder="example.com"
            required
            withAsterisk={false}
            data-autofocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            error={messages['name']}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {problem !== null && Object.keys(messages).length === 0 && (
            <Problem message={problem.message} reference={problem.requestId} />
          )}
          <Group justify="flex-end" gap="sm" mt="xs">
            <Button variant="default" onClick={onClose} disabled={loading}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Add domain
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
