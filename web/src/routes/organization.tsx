import '../app/console-styles.ts'
import { useQuery } from '@apollo/client/react'
import { Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { getRouteApi, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { rememberOrganization } from '../app/last-organization.ts'
import { NotFoundPage } from '../app/not-found-page.tsx'
import { Frame } from '../components/frame.tsx'
import { RecoveryBanner } from '../features/enforcement/recovery-banner.tsx'
import { CreateOrganizationDialog } from '../features/organization/create-organization-dialog.tsx'
import { Navigation } from '../features/organization/navigation.tsx'
import { OrganizationSwitcher } from '../features/organization/organization-switcher.tsx'
import { SsoRequiredPage } from '../features/session/sso-required.tsx'
import { UserMenu } from '../features/session/user-menu.tsx'
import { graphql } from '../graphql/generated/gql.ts'
import { readOperationError } from '../graphql/operation-error.ts'

const OrganizationFrame = graphql(`
  query OrganizationFrame($slug: String!) {
    viewer {
      user {
        id
        ...UserMenu_user
      }
      signedInThrough
      recovery {
        expiresAt
      }
      organizationsNeedingSso {
        id
        slug
      }
      ...OrganizationSwitcher_viewer
    }
    organization(slug: $slug) {
      id
      viewerRole {
        id
        key
      }
      ...Navigation_organization
    }
  }
`)

const route = getRouteApi('/organizations/$slug')

/** What surrounds every page of an organization. The page loads beside it, not after it. */
export function OrganizationRoute() {
  const { slug } = route.useParams()
  const page = useLocation({ select: (location) => location.pathname })
  const navigate = useNavigate()
  const [creating, dialog] = useDisclosure(false)
  const { data, error } = useQuery(OrganizationFrame, { variables: { slug } })
  const organization = data?.organization ?? null
  const known = organization !== null

  useEffect(() => {
    if (known) rememberOrganization(slug)
  }, [known, slug])

  const needsSso = data?.viewer.organizationsNeedingSso.some((one) => one.slug === slug) ?? false
  if (needsSso || (error !== undefined && readOperationError(error).reason === 'SSO_REQUIRED')) {
    return <SsoRequiredPage slug={slug} />
  }
  const signedInThrough = data?.viewer.signedInThrough ?? null
  if (data !== undefined && organization === null) {
    return <NotFoundPage otherSignIn={signedInThrough === null ? null : page} />
  }
  const user = data?.viewer.user ?? null
  return (
    <>
      <Frame
        page={page}
        covered={creating}
        top={
          data === undefined ? (
            <Skeleton h={46} />
          ) : (
            <OrganizationSwitcher
              viewer={data.viewer}
              slug={slug}
              onCreate={organization?.viewerRole?.key === 'owner' && data.viewer.recovery === null ? dialog.open : null}
            />
          )
        }
        navigation={organization === null ? <NavigationSkeleton /> : <Navigation organization={organization} />}
        foot={
          user === null ? <Skeleton h={46} /> : <UserMenu slug={slug} user={user} signedInThrough={signedInThrough} />
        }
      >
        {data?.viewer.recovery != null && <RecoveryBanner expiresAt={data.viewer.recovery.expiresAt} />}
        <Outlet key={slug} />
      </Frame>
      {creating && (
        <CreateOrganizationDialog
          onClose={dialog.close}
          onCreated={(created) => {
            dialog.close()
            void navigate({ to: '/organizations/$slug/settings', params: { slug: created } })
          }}
        />
      )}
      <Notifications position="bottom-right" containerWidth={400} withinPortal={false} />
    </>
  )
}

function NavigationSkeleton() {
  return (
    <>
      <Skeleton h={34} />
      <Skeleton h={34} />
    </>
  )
}
