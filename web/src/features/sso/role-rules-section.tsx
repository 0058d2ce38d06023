import { Button, Group, Text, Title } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useState } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './role-rules.module.css'
import { RoleRulesDialog, type RoleRulesDialog_organization } from './role-rules-dialog.tsx'

export const RoleRulesSection_connection = graphql(`
  fragment RoleRulesSection_connection on SsoConnection {
    id
    name
    revision
    roleMappings {
      attribute
      value
      label
      role {
        id
        key
        name
      }
    }
  }
`)

type Props = {
  connection: FragmentType<typeof RoleRulesSection_connection>
  organization: FragmentType<typeof RoleRulesDialog_organization>
  mayManage: boolean
}

/** Which role the connection gives to whom, in the order in which the rules are looked at. */
export function RoleRulesSection({ connection, organization, mayManage }: Props) {
  const shown = unmask(RoleRulesSection_connection, connection)
  const { roleMappings: rules } = shown
  const [editing, setEditing] = useState(false)
  return (
    <section aria-labelledby="role-rules">
      <Group justify="space-between" mt={40} mb="sm">
        <Title order={2} id="role-rules">
          Roles from groups and claims
        </Title>
        {mayManage && rules.length > 0 && (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            Change rules…
          </Button>
        )}
      </Group>
      {rules.length === 0 ? (
        <EmptyState
          icon={<IconUsersGroup size={22} />}
          title="Sign-ins change no role"
          order={3}
          action={
            mayManage && (
              <Button variant="default" onClick={() => setEditing(true)}>
                Add the first rule…
              </Button>
            )
          }
        >
          New people become Organization Member. With rules, a group or an app role at the identity provider gives a
          role here, at each sign-in; a role that somebody chose by hand stays.
        </EmptyState>
      ) : (
        <>
          <ol className={classes['list']}>
            {rules.map(({ attribute, value, label, role }) => (
              <li key={`${attribute} ${value}`} className={classes['rule']}>
                <span className={classes['condition']}>
                  <span className={classes['attribute']}>{attribute}</span> is{' '}
                  <span className={classes['value']}>{label ?? value}</span>
                  {label !== null && <span className={classes['aside']}>{value}</span>}
                </span>
                <span className={classes['role']}>{role.name}</span>
              </li>
            ))}
          </ol>
          <Text size="sm" c="dimmed" mt="xs">
            The first rule that applies counts; whoever none applies to becomes Organization Member. While a claim that
            a rule needs does not come, the role stays as it is. Owners and pinned roles are never changed.
          </Text>
        </>
      )}
      {editing && <RoleRulesDialog connection={shown} organization={organization} onClose={() => setEditing(false)} />}
    </section>
  )
}
