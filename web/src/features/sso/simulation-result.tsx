import { Alert, Text } from '@mantine/core'
import { IconArrowRight, IconCheck, IconX } from '@tabler/icons-react'
import classes from './simulation-result.module.css'
import type { Simulation } from './use-simulate-sign-in.ts'

function headline({ email, role, currentRole }: Simulation): string {
  if (role === null) return `${email} would not come in`
  if (currentRole === null) return `${email} would come in as ${role.name}`
  if (currentRole.id === role.id) return `${email} would come in and stay ${role.name}`
  return `${email} would come in and become ${role.name}, who is ${currentRole.name} now`
}

/** What a sign-in would do, and why: connection, account, membership, role. */
export function SimulationResult({ simulation }: { simulation: Simulation }) {
  const { role, checks } = simulation
  return (
    <Alert
      color={role === null ? 'red' : 'verdigris'}
      icon={role === null ? <IconX size={18} aria-hidden="true" /> : <IconArrowRight size={18} aria-hidden="true" />}
      title={headline(simulation)}
    >
      <dl className={classes['steps']}>
        {checks.map(({ name, title, passed, actual }) => (
          <div key={name} className={classes['step']} data-failed={!passed || undefined}>
            <dt>
              {passed ? <IconCheck size={14} aria-hidden="true" /> : <IconX size={14} aria-hidden="true" />} {title}
            </dt>
            <dd>{actual}</dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed" mt="xs">
        Nothing was done: it only looks at how things stand now.
      </Text>
    </Alert>
  )
}
