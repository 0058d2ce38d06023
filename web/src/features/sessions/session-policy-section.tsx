import { useQuery } from '@apollo/client/react'
import { Alert, Skeleton, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAppearing } from '../../components/appear-together.tsx'
import { Problem } from '../../components/problem.tsx'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { SessionPolicyForm, SessionPolicyTimes } from './session-policy-form.tsx'

const SessionPolicySectionQuery = graphql(`
  query SessionPolicySection($slug: String!) {
    organization(slug: $slug) {
      id
      ...SessionPolicyForm_organization
    }
  }
`)

type Props = {
  slug: string
  mayManage: boolean
  /** Whom to ask, for everybody who may only look. */
  ownersToAsk: ReactNode
}

/** How long members stay signed in. */
export function SessionPolicySection({ slug, mayManage, ownersToAsk }: Props) {
  const { data, error, refetch } = useQuery(SessionPolicySectionQuery, { variables: { slug } })
  useAppearing(data !== undefined || error !== undefined)
  const organization = data?.organization ?? null
  const problem = error === undefined ? null : readOperationError(error)
  return (
    <section aria-labelledby="sessions">
      <Title order={2} id="sessions">
        Sessions
      </Title>
      <Text size="sm" c="dimmed" mb="md" maw="64ch">
        How long members stay signed in before they have to sign in again; never longer than the identity provider says.
        Shorter times hold at once, longer ones from the next sign-in.
      </Text>
      {!mayManage && (
        <Alert color="gray" mb="md" icon={<IconLock size={18} aria-hidden="true" />}>
          <Text size="sm" component="div">
            Only an Organization Owner may change this. {ownersToAsk}
          </Text>
        </Alert>
      )}
      {organization !== null ? (
        mayManage ? (
          <SessionPolicyForm slug={slug} organization={organization} />
        ) : (
          <SessionPolicyTimes organization={organization} />
        )
      ) : problem === null ? (
        <div aria-busy="true">
          <Skeleton h={90} radius="lg" maw={560} />
        </div>
      ) : (
        <Problem
          title="This could not be loaded"
          message={problem.message}
          reference={problem.requestId}
          onRetry={() => void refetch()}
        />
      )}
    </section>
  )
}
