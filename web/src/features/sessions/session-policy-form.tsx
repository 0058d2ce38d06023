import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Problem } from '../../components/problem.tsx'
import { toastDone } from '../../components/toast.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import classes from './session-policy-form.module.css'
import { countSessions, describeMinutes } from './session-words.ts'
import { type SessionTimes, useSessionPolicy } from './use-session-policy.ts'

export const SessionPolicyForm_organization = graphql(`
  fragment SessionPolicyForm_organization on Organization {
    id
    sessionPolicy {
      idleMinutes
      lifetimeMinutes
      usualIdleMinutes
      usualLifetimeMinutes
    }
  }
`)

const choices = {
  idle: [15, 30, 60, 240, 480, 1440, 7 * 1440, 30 * 1440],
  lifetime: [60, 480, 720, 1440, 7 * 1440, 30 * 1440, 90 * 1440],
}

/** What may be chosen: the usual time, the round ones, and what a script has set. */
function optionsFor(minutes: readonly number[], current: number | null, usual: number) {
  const others = minutes.filter((each) => each !== usual)
  const all = [...new Set([...others, ...(current === null ? [] : [current])])].toSorted((one, other) => one - other)
  return [
    { value: '', label: `Usual (${describeMinutes(usual)})` },
    ...all.map((each) => ({ value: String(each), label: describeMinutes(each) })),
  ]
}

const parse = (text: string): number | null => (text === '' ? null : Number(text))

type Props = {
  slug: string
  organization: FragmentType<typeof SessionPolicyForm_organization>
}

/** The same for whoever may only look. */
export function SessionPolicyTimes({ organization }: Pick<Props, 'organization'>) {
  const { sessionPolicy: policy } = unmask(SessionPolicyForm_organization, organization)
  return (
    <dl className={classes['shown']}>
      <dt>Without use</dt>
      <dd>{describeMinutes(policy.idleMinutes ?? policy.usualIdleMinutes)}</dd>
      <dt>Since the sign-in</dt>
      <dd>{describeMinutes(policy.lifetimeMinutes ?? policy.usualLifetimeMinutes)}</dd>
    </dl>
  )
}

/** Two times to choose. Where open sessions would end by it, it says how many, and asks. */
export function SessionPolicyForm({ slug, organization }: Props) {
  const { id, sessionPolicy: policy } = unmask(SessionPolicyForm_organization, organization)
  const { idleMinutes, lifetimeMinutes, usualIdleMinutes, usualLifetimeMinutes } = policy
  const [chosen, setChosen] = useState<Partial<SessionTimes>>({})
  const [ending, setEnding] = useState<{ endingSessions: number; endsOwn: boolean } | null>(null)
  const [problem, setProblem] = useState<ReturnType<typeof readOperationError> | null>(null)
  const [busy, setBusy] = useState(false)
  const { foresee, save } = useSessionPolicy(slug, id)
  const times = { idleMinutes, lifetimeMinutes, ...chosen }
  const changed = times.idleMinutes !== idleMinutes || times.lifetimeMinutes !== lifetimeMinutes

  const choose = (change: Partial<SessionTimes>) => {
    setChosen({ ...chosen, ...change })
    setProblem(null)
  }
  const keep = async () => {
    const ended = await save(times)
    // Whoever ended their own session by it signs in again, and comes back.
    if (ending?.endsOwn) return location.assign(`/sign-in?${new URLSearchParams({ returnTo: location.pathname })}`)
    setChosen({})
    toastDone(ended === 0 ? 'Saved how long sessions last' : `Saved, and ${countSessions(ended)} ended`)
  }
  const ask = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const foreseen = await foresee(times)
      if (foreseen.endingSessions > 0) setEnding(foreseen)
      else await keep()
    } catch (failure) {
      setProblem(readOperationError(failure))
    }
    setBusy(false)
  }
  const messageOf = (name: keyof SessionTimes) =>
    problem?.fields.find(({ path }) => path === name || path === `input.${name}`)?.message

  return (
    <Stack gap="md" maw={560}>
      <div className={classes['times']}>
        <NativeSelect
          label="Without use"
          description="A session ends so long after its last use."
          data={optionsFor(choices.idle, idleMinutes, usualIdleMinutes)}
          value={String(times.idleMinutes ?? '')}
          onChange={({ currentTarget }) => choose({ idleMinutes: parse(currentTarget.value) })}
          error={messageOf('idleMinutes')}
        />
        <NativeSelect
          label="Since the sign-in"
          description="It ends then, however much it is used."
          data={optionsFor(choices.lifetime, lifetimeMinutes, usualLifetimeMinutes)}
          value={String(times.lifetimeMinutes ?? '')}
          onChange={({ currentTarget }) => choose({ lifetimeMinutes: parse(currentTarget.value) })}
          error={messageOf('lifetimeMinutes')}
        />
      </div>
      {problem !== null && problem.fields.length === 0 && (
        <Problem message={problem.message} reference={problem.requestId} />
      )}
      {changed && (
        <Group gap="sm">
          <Button loading={busy} onClick={() => void ask()}>
            Save
          </Button>
          <Button
            variant="default"
            disabled={busy}
            onClick={() => {
              setChosen({})
              setProblem(null)
            }}
          >
            Undo
          </Button>
        </Group>
      )}
      {ending !== null && (
        <ConfirmDialog
          title={`End ${countSessions(ending.endingSessions)}?`}
          confirmLabel={ending.endingSessions === 1 ? 'Save and end it' : 'Save and end them'}
          danger
          onConfirm={keep}
          onClose={() => setEnding(null)}
          explain={(failure) => readOperationError(failure).message}
        >
          {ending.endingSessions === 1 ? 'One session is' : `${ending.endingSessions} sessions are`} open now and older,
          or longer without use, than you allow from here on. Whoever uses{' '}
          {ending.endingSessions === 1 ? 'it' : 'one of them'} has to sign in again; nothing else is lost.{' '}
          {ending.endsOwn && <strong>Yours is one of them.</strong>}
        </ConfirmDialog>
      )}
    </Stack>
  )
}
