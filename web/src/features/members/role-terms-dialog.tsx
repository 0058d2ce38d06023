import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { toastDone } from '../../components/toast.ts'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { dayOf, endOfDay } from './role-end.ts'
import { useChangeMemberRole } from './use-change-member-role.ts'

type Role = { key: string; name: string }
type Props = {
  membershipId: string
  person: string
  role: Role
  roleExpiresAt: string | null
  rolePinned: boolean
  assignableRoles: readonly Role[]
  onClose: () => void
}

/** The role of a member with its terms: when it ends, and whether sign-ins may change it. */
export function RoleTermsDialog({ membershipId, person, role, onClose, ...before }: Props) {
  const { changeMemberRole, loading } = useChangeMemberRole()
  const [key, setKey] = useState(role.key)
  const [until, setUntil] = useState(dayOf(before.roleExpiresAt))
  const [pinned, setPinned] = useState(before.rolePinned)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const messages = problem === null ? {} : messagesByField(problem)
  const mayEnd = key !== 'member'
  useReturnFocus()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    const asBefore = key === role.key && until === dayOf(before.roleExpiresAt)
    const expiresAt = mayEnd ? endOfDay(until) : null
    try {
      // The very moment of an end that nobody touched stays.
      await changeMemberRole(membershipId, key, asBefore ? { pinned } : { pinned, expiresAt })
      toastDone(`The role of ${person} is saved`)
      onClose()
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }
  return (
    <Modal opened onClose={onClose} title={`Role of ${person}`} centered>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <NativeSelect
            label="Role"
            data-autofocus
            data={before.assignableRoles.map((each) => ({ value: each.key, label: each.name }))}
            value={key}
            error={messages['role']}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label="Until"
            description={
              mayEnd
                ? 'The last day; then they are Organization Member again. Empty: it has no end.'
                : 'Organization Member has no end.'
            }
            disabled={!mayEnd}
            value={mayEnd ? until : ''}
            error={messages['expiresAt']}
            onChange={(event) => {
              setUntil(event.currentTarget.value)
              setProblem(null)
            }}
          />
          <Checkbox
            label="Sign-ins leave the role as it is"
            description="Else the rules of a connection may change it at their next sign-in. Owners are never changed by a sign-in."
            checked={pinned}
            onChange={(event) => setPinned(event.currentTarget.checked)}
          />
          {problem !== null && messages['role'] === undefined && messages['expiresAt'] === undefined && (
            <Problem message={problem.message} reference={problem.requestId} />
          )}
          <Group justify="flex-end" gap="sm" mt="xs">
            <Button variant="default" onClick={onClose} disabled={loading}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
