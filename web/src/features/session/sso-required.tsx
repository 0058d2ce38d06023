import { useQuery } from '@apollo/client/react'
import { Skeleton, Stack } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { ButtonLink } from '../../components/button-link.tsx'
import { CenteredPage } from '../../components/centered-page.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Problem } from '../../components/problem.tsx'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { EntranceList } from './entrance-list.tsx'

const SsoRequired = graphql(`
  query SsoRequired($returnTo: String) {
    viewer {
      organizationsNeedingSso {
        id
        slug
        name
        entrances {
          connectionId
          connectionName
          loginUrl(returnTo: $returnTo)
        }
      }
    }
  }
`)

/** The organization that is not entered, its ways in, and the way back to the page that is open. */
function useSsoRequired(slug: string) {
  const returnTo = useLocation({ select: ({ href }) => href })
  const { data, error, refetch } = useQuery(SsoRequired, { variables: { returnTo }, fetchPolicy: 'no-cache' })
  const organization = data?.viewer.organizationsNeedingSso.find((one) => one.slug === slug)
  const name = organization?.name ?? 'This organization'
  const ways =
    error !== undefined ? (
      <Problem {...readOperationError(error)} reference={null} onRetry={() => void refetch()} />
    ) : data === undefined ? (
      <Skeleton h={36} />
    ) : organization === undefined ? (
      <ButtonLink to="/sign-in" search={{ returnTo }} fullWidth>
        Sign in again
      </ButtonLink>
    ) : (
      <EntranceList entrances={organization.entrances} />
    )
  return { title: `${name} requires single sign-on`, loading: data === undefined && error === undefined, ways }
}

const lead = 'Your present session does not open it. Sign in through its identity provider; you come back to this page.'

/** Instead of everything that belongs to the organization. */
export function SsoRequiredPage({ slug }: { slug: string }) {
  const { title, loading, ways } = useSsoRequired(slug)
  return (
    <CenteredPage title={loading ? 'Single sign-on is required' : title} lead={lead}>
      <Stack gap="sm">
        {ways}
        <ButtonLink to="/organizations" variant="default" fullWidth>
          Choose another organization
        </ButtonLink>
      </Stack>
    </CenteredPage>
  )
}

/** Within the organization's frame, when it began to require single sign-on after the frame was loaded. */
export function SsoRequiredNotice({ slug }: { slug: string }) {
  const { title, ways } = useSsoRequired(slug)
  return (
    <EmptyState icon={<IconShieldLock size={22} />} title={title} action={ways}>
      {lead}
    </EmptyState>
  )
}
