import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { NameAndAddressFields } from '../../components/name-and-address-fields.tsx'
import { Problem } from '../../components/problem.tsx'
import { toastDone } from '../../components/toast.ts'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { useCreateOrganization } from './use-create-organization.ts'

type Props = { onClose: () => void; onCreated: (slug: string) => void }

export function CreateOrganizationDialog({ onClose, onCreated }: Props) {
  const [organization, setOrganization] = useState({ name: '', address: '' })
  const [problem, setProblem] = useState<OperationError | null>(null)
  const { createOrganization, loading } = useCreateOrganization()
  const messages = problem === null ? {} : messagesByField(problem)
  const addressTaken = problem?.reason === 'SLUG_TAKEN' ? problem.message : undefined

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      const slug = await createOrganization({ name: organization.name, slug: organization.address })
      toastDone(`${organization.name} was created. You are its owner.`)
      onCreated(slug)
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }

  const shownAtFields = addressTaken !== undefined || Object.keys(messages).length > 0
  return (
    <Modal opened onClose={onClose} title="New organization" centered>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            It has members, single sign-on and access tokens of its own, and starts with you as its only owner.
          </Text>
          <NameAndAddressFields
            nameLabel="Organization name"
            namePlaceholder="Acme Ltd."
            addressPrefix="/organizations/"
            value={organization}
            onChange={setOrganization}
            errors={{ name: messages['name'], address: messages['slug'] ?? addressTaken }}
          />
          {problem !== null && !shownAtFields && <Problem message={problem.message} reference={problem.requestId} />}
          <Group justify="flex-end" gap="sm" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Create organization
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
