import { useQuery } from '@apollo/client/react'
import { Alert, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { AppearTogether } from '../components/appear-together.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { DomainsSection } from '../features/domains/domains-section.tsx'
import { EnforcementSection } from '../features/enforcement/enforcement-section.tsx'
import { OwnersToAskText } from '../features/organization/owners-to-ask.tsx'
import { SessionPolicySection } from '../features/sessions/session-policy-section.tsx'
import { SsoSection } from '../features/sso/sso-section.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { PageProblem } from './page-problem.tsx'

const SettingsPage = graphql(`
  query SettingsPage($slug: String!) {
    viewer {
      recovery {
        expiresAt
      }
    }
    organization(slug: $slug) {
      id
      viewerPermissions
    }
  }
`)

const route = getRouteApi('/organizations/$slug/settings')

export function SettingsRoute() {
  const { slug } = route.useParams()
  const { data, error, refetch } = useQuery(SettingsPage, { variables: { slug } })
  const organization = data?.organization ?? null
  const permissions = organization?.viewerPermissions ?? []
  return (
    <>
      <PageHeader title="Settings" lead="How people come into this organization." />
      {error !== undefined && organization === null ? (
        <PageProblem slug={slug} error={error} onRetry={() => void refetch()} />
      ) : organization === null ? (
        <Loading />
      ) : permissions.includes('sso:read') ? (
        <AppearTogether fallback={<Loading />} key={organization.id}>
          <Stack gap={48}>
            <SsoSection
              slug={slug}
              mayManage={permissions.includes('sso:manage')}
              ownersToAsk={<OwnersToAskText slug={slug} />}
            />
            <DomainsSection
              slug={slug}
              mayManage={permissions.includes('sso:manage')}
              ownersToAsk={<OwnersToAskText slug={slug} />}
            />
            <EnforcementSection slug={slug} mayManage={permissions.includes('sso:manage')} />
            {data?.viewer.recovery == null && (
              <SessionPolicySection
                slug={slug}
                mayManage={permissions.includes('sso:manage')}
                ownersToAsk={<OwnersToAskText slug={slug} />}
              />
            )}
          </Stack>
        </AppearTogether>
      ) : (
        <SsoRefused slug={slug} />
      )}
    </>
  )
}

function Loading() {
  return (
    <Stack gap="md" aria-busy="true">
      <Skeleton h={20} w={200} />
      <Skeleton h={150} radius="lg" />
      <Skeleton h={20} w={200} mt="lg" />
      <Skeleton h={150} radius="lg" />
    </Stack>
  )
}

function SsoRefused({ slug }: { slug: string }) {
  return (
    <section aria-labelledby="single-sign-on">
      <Title order={2} id="single-sign-on" mb="sm">
        Single Sign-On (SSO)
      </Title>
      <Alert color="gray" icon={<IconLock size={18} aria-hidden="true" />}>
        <Text size="sm" component="div">
          Only an Organization Owner may configure single sign-on; your role does not let you see its settings.{' '}
          <OwnersToAskText slug={slug} />
        </Text>
      </Alert>
    </section>
  )
}
