import { useQuery } from '@apollo/client/react'
import { Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconPlugConnected } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { EmptyState } from '../components/empty-state.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { HealthCard } from '../features/sso/overview/health-card.tsx'
import { NextStepList } from '../features/sso/overview/next-step-list.tsx'
import { nextSteps, type Watched } from '../features/sso/overview/next-steps.ts'
import classes from '../features/sso/overview/overview.module.css'
import { RecentAttempts } from '../features/sso/overview/recent-attempts.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import type { OverviewPageQuery } from '../graphql/generated/graphql.ts'
import { PageProblem } from './page-problem.tsx'

const OverviewPage = graphql(`
  query OverviewPage($slug: String!) {
    organization(slug: $slug) {
      id
      viewerPermissions
      domains {
        id
        verifiedAt
      }
      ssoPolicy {
        enforced
      }
      ssoOverview {
        connections {
          succeeded
          refused
          connection {
            __typename
            id
            name
            enabled
            complete
            verifiedAt
            ... on SamlConnection {
              idpCertificates {
                fingerprintSha256
                notAfter
              }
              metadataRefresh {
                stagedCertificates {
                  seenAt
                }
              }
            }
          }
          ...HealthCard_health
        }
        recentAttempts {
          id
          ...SignInAttemptItem_attempt
        }
      }
    }
  }
`)

// Apart, and once: in a large organization it takes a while.
const OverviewMembers = graphql(`
  query OverviewMembers($slug: String!) {
    organization(slug: $slug) {
      id
      ssoOverview {
        membersWithoutSso
      }
    }
  }
`)

type Health = NonNullable<OverviewPageQuery['organization']>['ssoOverview']['connections'][number]

function watched({ succeeded, refused, connection }: Health): Watched {
  const saml = connection.__typename === 'SamlConnection' ? connection : null
  const ends = saml?.idpCertificates.map(({ notAfter }) => notAfter).toSorted() ?? []
  return {
    ...connection,
    succeeded,
    refused,
    certificateEndsAt: ends.at(-1) ?? null,
    staged: (saml?.metadataRefresh?.stagedCertificates.length ?? 0) > 0,
  }
}

const route = getRouteApi('/organizations/$slug/overview')

/** How single sign-on fares: what to do, how each connection is, who tried to come in last. */
export function OverviewRoute() {
  const { slug } = route.useParams()
  const { data, error, refetch } = useQuery(OverviewPage, {
    variables: { slug },
    fetchPolicy: 'cache-and-network',
    pollInterval: 15_000,
    skipPollAttempt: () => document.hidden,
  })
  const members = useQuery(OverviewMembers, { variables: { slug }, fetchPolicy: 'no-cache' })
  // Both, so that no step is added while somebody reads.
  const loaded = members.data !== undefined || members.error !== undefined
  const organization = (loaded && data?.organization) || null
  return (
    <>
      <PageHeader title="Overview" lead="How single sign-on fares, and what to do next." />
      {organization === null ? (
        error === undefined ? (
          <Stack gap="md" aria-busy="true">
            <Skeleton h={60} radius="lg" />
            <Skeleton h={180} radius="lg" />
            <Skeleton h={180} radius="lg" />
          </Stack>
        ) : (
          <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Overview
          organization={organization}
          membersWithoutSso={members.data?.organization?.ssoOverview.membersWithoutSso ?? 0}
          slug={slug}
        />
      )}
    </>
  )
}

type Props = { organization: NonNullable<OverviewPageQuery['organization']>; membersWithoutSso: number; slug: string }

function Overview({ organization, membersWithoutSso, slug }: Props) {
  const { domains, ssoPolicy, ssoOverview, viewerPermissions } = organization
  const { connections, recentAttempts } = ssoOverview
  const situation = {
    connections: connections.map(watched),
    domainProved: domains.some(({ verifiedAt }) => verifiedAt !== null),
    enforced: ssoPolicy.enforced,
    membersWithoutSso,
  }
  const steps = nextSteps(situation, Date.now())
  return (
    <Stack gap={40}>
      <section aria-labelledby="next">
        <Title order={2} mb="sm" id="next">
          What to do next
        </Title>
        {steps.length === 0 ? (
          <EmptyState icon={<IconCircleCheck size={22} />} title="Nothing is left to do" order={3}>
            Every connection is tested, its certificates last, and everybody comes in through single sign-on.
          </EmptyState>
        ) : (
          <NextStepList steps={steps} slug={slug} />
        )}
      </section>
      <section aria-labelledby="health">
        <Title order={2} mb="sm" id="health">
          Connections
        </Title>
        {connections.length === 0 ? (
          <EmptyState icon={<IconPlugConnected size={22} />} title="None yet" order={3}>
            Once an identity provider is connected, you see here whether people come in by it, and how long its
            certificates last.
          </EmptyState>
        ) : (
          <ul className={classes['cards']}>
            {connections.map((health) => (
              <HealthCard key={health.connection.id} health={health} slug={slug} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="recent">
        <Title order={2} mb="sm" id="recent">
          Recent sign-ins
        </Title>
        {recentAttempts.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nobody has tried yet. Each attempt appears here with every check.
          </Text>
        ) : (
          <RecentAttempts
            attempts={recentAttempts}
            simulateIn={viewerPermissions.includes('sso:manage') ? organization.id : null}
          />
        )}
      </section>
    </Stack>
  )
}
