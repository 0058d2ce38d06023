import { useQuery } from '@apollo/client/react'
import { Button, Group, Skeleton, Stack, Title } from '@mantine/core'
import { IconArrowLeft, IconPlugConnectedX } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { EmptyState } from '../components/empty-state.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { Pager } from '../components/pager.tsx'
import { TextLink } from '../components/text-link.tsx'
import { ConnectionActions } from '../features/sso/connection-actions.tsx'
import { ConnectionStatusBadge } from '../features/sso/connection-status-badge.tsx'
import { ConnectionSummary } from '../features/sso/connection-summary.tsx'
import { DiagnoseBox } from '../features/sso/diagnose-box.tsx'
import { MetadataRefreshPanel } from '../features/sso/metadata-refresh-panel.tsx'
import { OidcSummary } from '../features/sso/oidc-summary.tsx'
import { OurCertificates } from '../features/sso/our-certificates.tsx'
import { protocolNames } from '../features/sso/protocol-names.ts'
import { RoleRulesSection } from '../features/sso/role-rules-section.tsx'
import { SetupPanel } from '../features/sso/setup-link/setup-panel.tsx'
import { SignInAttempts } from '../features/sso/sign-in-attempts.tsx'
import { SignInSimulator } from '../features/sso/sign-in-simulator.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'
import { pageVariables } from '../graphql/page-variables.ts'
import { PageProblem } from './page-problem.tsx'

const SsoConnectionPage = graphql(`
  query SsoConnectionPage($slug: String!, $id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    organization(slug: $slug) {
      id
      viewerPermissions
      ...RoleRulesDialog_organization
    }
    node(id: $id) {
      __typename
      id
      ... on SamlConnection {
        ...ConnectionSummary_connection
        ...OurCertificates_connection
        ...MetadataRefreshPanel_connection
        ...SetupPanel_connection
      }
      ... on SsoConnection {
        name
        ...ConnectionStatusBadge_connection
        ...ConnectionActions_connection
        ...OidcSummary_connection
        ...RoleRulesSection_connection
        signInAttempts(first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
          ...SignInAttempts_attempts
        }
      }
    }
  }
`)

const route = getRouteApi('/organizations/$slug/settings/sso/$connectionId')

/** One connection: its settings, and every sign-in that was tried through it. */
export function SsoConnectionRoute() {
  const { slug, connectionId } = route.useParams()
  const page = route.useSearch()
  const navigate = route.useNavigate()
  const { data, previousData, error, loading, refetch } = useQuery(SsoConnectionPage, {
    variables: { slug, id: connectionId, ...pageVariables(page) },
    // New attempts appear by themselves on the first page.
    pollInterval: page.after === undefined && page.before === undefined ? 5000 : 0,
    skipPollAttempt: () => document.hidden,
  })
  const shown = data ?? previousData
  const connection = shown?.node != null && 'signInAttempts' in shown.node ? shown.node : null
  const back = () => void navigate({ to: '/organizations/$slug/settings', params: { slug } })

  if (connection === null || shown?.organization == null) {
    const missing = shown !== undefined || (error !== undefined && readOperationError(error).code === 'NOT_FOUND')
    return (
      <>
        <BackToSettings slug={slug} />
        <PageHeader title="SSO connection" />
        {missing ? (
          <NoSuchConnection onBack={back} />
        ) : error === undefined ? (
          <Stack gap="md" aria-busy="true">
            <Skeleton h={220} radius="lg" />
            <Skeleton h={180} radius="lg" />
          </Stack>
        ) : (
          <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
        )}
      </>
    )
  }
  const { totalCount, pageInfo } = connection.signInAttempts
  const { startCursor, endCursor } = pageInfo
  const mayManage = shown.organization.viewerPermissions.includes('sso:manage')
  return (
    <>
      <BackToSettings slug={slug} />
      <PageHeader
        title={connection.name}
        lead={
          <Group component="span" gap="xs">
            {protocolNames[connection.__typename]} <ConnectionStatusBadge connection={connection} />
          </Group>
        }
        action={
          <ConnectionActions
            organizationId={shown.organization.id}
            connection={connection}
            mayManage={mayManage}
            onDeleted={back}
          />
        }
      />
      {connection.__typename === 'SamlConnection' ? (
        <>
          <ConnectionSummary connection={connection} />
          <MetadataRefreshPanel connection={connection} mayManage={mayManage} />
          <OurCertificates connection={connection} mayManage={mayManage} />
          {mayManage && <SetupPanel connection={connection} />}
        </>
      ) : (
        <OidcSummary connection={connection} />
      )}
      <RoleRulesSection connection={connection} organization={shown.organization} mayManage={mayManage} />
      <Title order={2} mt={40} mb="sm">
        Sign-in attempts
      </Title>
      <SignInAttempts
        attempts={connection.signInAttempts}
        stale={loading && data === undefined}
        simulateIn={mayManage ? shown.organization.id : null}
      />
      {totalCount > 0 && (
        <Pager
          summary={`${totalCount.toLocaleString('en')} ${totalCount === 1 ? 'attempt' : 'attempts'}`}
          previousLabel="Newer"
          nextLabel="Older"
          onPrevious={
            pageInfo.hasPreviousPage && startCursor !== null
              ? () => void navigate({ search: { before: startCursor } })
              : null
          }
          onNext={
            pageInfo.hasNextPage && endCursor !== null ? () => void navigate({ search: { after: endCursor } }) : null
          }
        />
      )}
      {mayManage && (
        <>
          <Title order={2} mt={40} mb="sm">
            Who would get what?
          </Title>
          <SignInSimulator organizationId={shown.organization.id} connectionId={connectionId} />
          <Title order={2} mt={40} mb="sm">
            Something does not work?
          </Title>
          <DiagnoseBox organizationId={shown.organization.id} connectionId={connectionId} />
        </>
      )}
    </>
  )
}

function BackToSettings({ slug }: { slug: string }) {
  return (
    <TextLink to="/organizations/$slug/settings" params={{ slug }} size="sm" display="inline-flex" mb="sm">
      <Group component="span" gap={4}>
        <IconArrowLeft size={15} aria-hidden="true" /> Settings
      </Group>
    </TextLink>
  )
}

function NoSuchConnection({ onBack }: { onBack: () => void }) {
  return (
    <EmptyState
      icon={<IconPlugConnectedX size={22} />}
      title="This connection does not exist"
      action={<Button onClick={onBack}>Go to Settings</Button>}
    >
      It was deleted, or the address is not quite right.
    </EmptyState>
  )
}
