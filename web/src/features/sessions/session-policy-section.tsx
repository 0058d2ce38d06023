import { useMutation, useQuery } from '@apollo/client/react'
import { Button, Group, NativeSelect, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Problem } from '../../components/problem.tsx'
import { toastDone } from '../../components/toast.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { describeMinutes } from './duration-words.ts'

const SessionPolicySectionQuery = graphql(`
  query SessionPolicySection($slug: String!) {
    organization(slug: $slug) {
      id
      sessionPolicy {
        idleMinutes
        lifetimeMinutes
        usualIdleMinutes
        usualLifetimeMinutes
      }
    }
  }
`)

const SetSessionPolicy = graphql(`
  mutation SetSessionPolicy($input: SetSessionPolicyInput!) {
    setSessionPolicy(input: $input) {
      organization {
        id
        sessionPolicy {
          idleMinutes
          lifetimeMinutes
          usualIdleMinutes
          usualLifetimeMinutes
        }
      }
    }
  }
`)

const choices = {
  idle: [15, 30, 60, 240, 480, 1440, 7 * 1440],
  lifetime: [60, 480, 720, 1440, 7 * 1440, 30 * 1440, 90 * 1440],
}

/** What may be chosen: the usual time, the round ones, and what a script has set. */
function optionsFor(minutes: readonly number[], current: number | null, usual: number) {
  const all = [...new Set([...minutes, ...(current === null ? [] : [current])])].sort((one, other) => one - other)
  return [
    { value: '', label: `Usual (${describeMinutes(usual)})` },
    ...all.map((each) => ({ value: String(each), label: describeMinutes(each) })),
  ]
}

const parse = (text: string): number | null => (text === '' ? null : Number(text))

/** How long members stay signed in. */
export function SessionPolicySection({ slug, mayManage }: { slug: string; mayManage: boolean }) {
  const { data, error, refetch } = useQuery(SessionPolicySectionQuery, { variables: { slug } })
  const organization = data?.organization ?? null
  const problem = error === undefined ? null : readOperationError(error)
  return (
    <section aria-labelledby="sessions">
      <Title order={2} id="sessions">
        Sessions
      </Title>
      <Text size="sm" c="dimmed" mb="md" maw="64ch">
        How long members stay signed in here. It never lasts longer than the identity provider says.
      </Text>
      {organization !== null ? (
        <PolicyForm
          key={JSON.stringify(organization.sessionPolicy)}
          organizationId={organization.id}
          policy={organization.sessionPolicy}
          mayManage={mayManage}
        />
      ) : problem === null ? (
        <Skeleton h={90} radius="lg" aria-busy="true" />
      ) : (
        <Problem message={problem.message} reference={problem.requestId} onRetry={() => void refetch()} />
      )}
    </section>
  )
}

type Policy = {
  idleMinutes: number | null
  lifetimeMinutes: number | null
  usualIdleMinutes: number
  usualLifetimeMinutes: number
}

type FormProps = { organizationId: string; policy: Policy; mayManage: boolean }

function PolicyForm({ organizationId, policy, mayManage }: FormProps) {
  const [idle, setIdle] = useState(policy.idleMinutes)
  const [lifetime, setLifetime] = useState(policy.lifetimeMinutes)
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<ReturnType<typeof readOperationError> | null>(null)
  const [mutate, { loading }] = useMutation(SetSessionPolicy)
  const changed = idle !== policy.idleMinutes || lifetime !== policy.lifetimeMinutes
  const { usualIdleMinutes, usualLifetimeMinutes } = policy
  const isStricter =
    (idle ?? usualIdleMinutes) < (policy.idleMinutes ?? usualIdleMinutes) ||
    (lifetime ?? usualLifetimeMinutes) < (policy.lifetimeMinutes ?? usualLifetimeMinutes)

  const save = async () => {
    setProblem(null)
    try {
      await mutate({ variables: { input: { organizationId, idleMinutes: idle, lifetimeMinutes: lifetime } } })
      toastDone('Saved how long sessions last')
    } catch (failure) {
      setProblem(readOperationError(failure))
    }
  }
  const messageOf = (path: string) => problem?.fields.find((field) => field.path === path)?.message

  return (
    <Stack gap="md" maw={560}>
      <Group align="flex-start" gap="md" grow>
        <NativeSelect
          label="Without use"
          description="They end so long after the last use."
          data={optionsFor(choices.idle, policy.idleMinutes, usualIdleMinutes)}
          value={idle === null ? '' : String(idle)}
          onChange={({ currentTarget }) => setIdle(parse(currentTarget.value))}
          error={messageOf('input.idleMinutes')}
          disabled={!mayManage}
        />
        <NativeSelect
          label="Since the sign-in"
          description="They end then, whatever the activity."
          data={optionsFor(choices.lifetime, policy.lifetimeMinutes, usualLifetimeMinutes)}
          value={lifetime === null ? '' : String(lifetime)}
          onChange={({ currentTarget }) => setLifetime(parse(currentTarget.value))}
          error={messageOf('input.lifetimeMinutes')}
          disabled={!mayManage}
        />
      </Group>
      {problem !== null && problem.fields.length === 0 && (
        <Problem message={problem.message} reference={problem.requestId} />
      )}
      {mayManage && changed && (
        <Group gap="sm">
          <Button loading={loading} onClick={() => (isStricter ? setAsking(true) : void save())}>
            Save
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setIdle(policy.idleMinutes)
              setLifetime(policy.lifetimeMinutes)
              setProblem(null)
            }}
          >
            Undo
          </Button>
        </Group>
      )}
      {asking && (
        <ConfirmDialog
          title="Make sessions shorter?"
          confirmLabel="Make them shorter"
          onConfirm={save}
          onClose={() => setAsking(false)}
          explain={(failure) => readOperationError(failure).message}
        >
          It holds at once, for open sessions too. Members who have been signed in, or away, for longer than that have
          to sign in again, and you may be one of them.
        </ConfirmDialog>
      )}
    </Stack>
  )
}
