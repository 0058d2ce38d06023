import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconPlus, IconUsers } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { Disclosure } from '../../components/disclosure.tsx'
import { Problem } from '../../components/problem.tsx'
import { toastDone } from '../../components/toast.ts'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { draftOf, moved, type RuleDraft, toInput } from './role-rule-draft.ts'
import { RoleRuleFields } from './role-rule-fields.tsx'
import classes from './role-rules.module.css'
import { SignInSimulator } from './sign-in-simulator.tsx'
import { useArrivedClaims } from './use-arrived-claims.ts'
import { useSetRoleMappings } from './use-set-role-mappings.ts'

export const RoleRulesDialog_organization = graphql(`
  fragment RoleRulesDialog_organization on Organization {
    id
    roles {
      id
      key
      name
    }
  }
`)

type Rule = { attribute: string; value: string; label: string | null; role: { key: string } }
type Props = {
  /** As it is now, also while the dialog is open. */
  connection: { id: string; revision: number; roleMappings: readonly Rule[] }
  organization: FragmentType<typeof RoleRulesDialog_organization>
  onClose: () => void
}

const draftsOf = (rules: readonly Rule[]): RuleDraft[] =>
  rules.map(({ attribute, value, label, role }) => draftOf({ attribute, value, label: label ?? '', role: role.key }))

/** Writes the rules of a connection. They can be tried on somebody before they are saved. */
export function RoleRulesDialog({ connection, organization, onClose }: Props) {
  const { id: organizationId, roles } = unmask(RoleRulesDialog_organization, organization)
  const { setRoleMappings, loading } = useSetRoleMappings(connection.id)
  const [drafts, setDrafts] = useState(() =>
    connection.roleMappings.length === 0 ? [draftOf()] : draftsOf(connection.roleMappings),
  )
  const [seen, setSeen] = useState(connection.revision)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const claims = useArrivedClaims(connection.id)
  const errorAt = (path: string) => problem?.fields.find((field) => field.path === path)?.message
  // Whatever is wrong with one rule stands at that rule.
  const atFields =
    problem !== null && problem.fields.length > 0 && problem.fields.every(({ path }) => /\.\d+\./.test(path))
  const stale = problem?.reason === 'STALE_REVISION'
  useReturnFocus()

  const save = async (revision: number) => {
    setProblem(null)
    try {
      await setRoleMappings(drafts.map(toInput), revision)
      toastDone('The rules count from each person’s next sign-in on')
      onClose()
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save(seen)
  }
  const change = (next: RuleDraft[]) => {
    setDrafts(next)
    // The messages name rules by their places.
    setProblem(null)
  }
  const edit = (id: number, part: Partial<RuleDraft>) =>
    setDrafts(drafts.map((draft) => (draft.id === id ? { ...draft, ...part } : draft)))
  const loadTheirs = () => {
    setSeen(connection.revision)
    change(draftsOf(connection.roleMappings))
  }
  const keepMine = () => {
    setSeen(connection.revision)
    void save(connection.revision)
  }

  return (
    <Modal opened onClose={onClose} title="Roles from groups and claims" size="lg" centered>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            The first rule that applies gives its role, at each sign-in. Names and values count to the letter; the
            fields offer what arrived lately. In Microsoft Entra, app roles arrive as readable values; groups arrive as
            object IDs, and not at all above 150, unless the claim is set to “Groups assigned to the application”.
          </Text>
          {drafts.length === 0 ? (
            <Text size="sm">No rule is left: saved like this, sign-ins change no role.</Text>
          ) : (
            <ol className={classes['editor']}>
              {drafts.map((draft, index) => (
                <RoleRuleFields
                  key={draft.id}
                  draft={draft}
                  index={index}
                  count={drafts.length}
                  roles={roles.filter(({ key }) => key !== 'owner')}
                  claims={claims}
                  errorOf={(field) => errorAt(`input.mappings.${index}.${field}`)}
                  onChange={(part) => edit(draft.id, part)}
                  onMove={(by) => change(moved(drafts, index, by))}
                  onRemove={() => change(drafts.filter(({ id }) => id !== draft.id))}
                />
              ))}
            </ol>
          )}
          <div>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={15} aria-hidden="true" />}
              onClick={() => change([...drafts, draftOf({ attribute: drafts.at(-1)?.attribute ?? '' })])}
            >
              Add rule
            </Button>
          </div>
          <Disclosure label="Try these rules before saving">
            <SignInSimulator
              organizationId={organizationId}
              connectionId={connection.id}
              mappings={drafts.map(toInput)}
            />
          </Disclosure>
          {stale ? (
            <Alert
              color="amber"
              icon={<IconUsers size={18} aria-hidden="true" />}
              title="Somebody else changed this connection in the meantime"
              role="alert"
            >
              <Text size="sm">Nothing of yours was saved; what you typed is still here.</Text>
              <Group gap="xs" mt="sm">
                <Button size="xs" variant="default" disabled={loading} onClick={loadTheirs}>
                  Load their version
                </Button>
                <Button size="xs" loading={loading} onClick={keepMine}>
                  Keep mine and save
                </Button>
              </Group>
            </Alert>
          ) : (
            problem !== null && !atFields && <Problem message={problem.message} reference={problem.requestId} />
          )}
          <Group justify="flex-end" gap="sm" mt="xs">
            <Button variant="default" onClick={onClose} disabled={loading}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Save rules
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
