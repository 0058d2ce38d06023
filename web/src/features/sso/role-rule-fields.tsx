import { ActionIcon, Autocomplete, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import type { RuleDraft } from './role-rule-draft.ts'
import classes from './role-rules.module.css'

type Field = 'attribute' | 'value' | 'label' | 'role'

type Props = {
  draft: RuleDraft
  /** From 0 on. */
  index: number
  count: number
  roles: readonly { key: string; name: string }[]
  claims: ReadonlyMap<string, readonly string[]>
  errorOf: (field: Field) => string | undefined
  onChange: (part: Partial<RuleDraft>) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

const plain = { autoCapitalize: 'off', autoCorrect: 'off', spellCheck: false, autoComplete: 'off' } as const
const wrapped = { option: { overflowWrap: 'anywhere' as const } }

/** One rule, with what arrived lately to choose from. */
export function RoleRuleFields({ draft, index, count, roles, claims, errorOf, onChange, onMove, onRemove }: Props) {
  const rule = `rule ${index + 1}`
  return (
    <li className={classes['draft']}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={500}>
          Rule {index + 1}
        </Text>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Move ${rule} up`}
            disabled={index === 0}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={16} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Move ${rule} down`}
            disabled={index === count - 1}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={16} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${rule}`} onClick={onRemove}>
            <IconTrash size={16} aria-hidden="true" />
          </ActionIcon>
        </Group>
      </Group>
      <div className={classes['fields']}>
        <Autocomplete
          label="Attribute or claim"
          data-rule-field={`${index}.attribute`}
          data={[...claims.keys()]}
          styles={wrapped}
          value={draft.attribute}
          error={errorOf('attribute')}
          onChange={(attribute) => onChange({ attribute })}
          {...plain}
        />
        <Autocomplete
          label="Has the value"
          data={[...(claims.get(draft.attribute.trim()) ?? [])]}
          limit={50}
          styles={wrapped}
          value={draft.value}
          error={errorOf('value')}
          onChange={(value) => onChange({ value })}
          {...plain}
        />
        <NativeSelect
          label="Gives the role"
          data={roles.map(({ key, name }) => ({ value: key, label: name }))}
          value={draft.role}
          error={errorOf('role')}
          onChange={(event) => onChange({ role: event.currentTarget.value })}
        />
        <TextInput
          label="Label"
          placeholder="Optional: what people call the value"
          value={draft.label}
          error={errorOf('label')}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
          {...plain}
        />
      </div>
    </li>
  )
}
