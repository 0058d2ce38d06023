import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { type AuditSearch, readAuditSearch } from '../features/audit-log/audit-search.ts'
import type { PageSearch } from '../graphql/page-variables.ts'
import { ErrorPage } from './error-page.tsx'
import { localPath } from './local-path.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { RootLayout } from './root-layout.tsx'

type Search = Record<string, string>

const rootRoute = createRootRoute({
  component: RootLayout,
  notFoundComponent: () => <NotFoundPage />,
  errorComponent: ErrorPage,
})

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../routes/home.tsx'), 'HomeRoute'),
})

type SignInSearch = {
  returnTo?: string
  signedOut?: 'here' | 'everywhere'
  /** After the e-mail address, which the history entry holds. */
  step?: 'single-sign-on' | 'password'
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Search): SignInSearch => {
    const returnTo = localPath(search['returnTo'])
    const { signedOut, step } = search
    return {
      ...(returnTo === null ? {} : { returnTo }),
      ...(signedOut === 'here' || signedOut === 'everywhere' ? { signedOut } : {}),
      ...(step === 'single-sign-on' || step === 'password' ? { step } : {}),
    }
  },
  component: lazyRouteComponent(() => import('../routes/sign-in.tsx'), 'SignInRoute'),
})

const recoveryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recovery',
  component: lazyRouteComponent(() => import('../routes/recovery.tsx'), 'RecoveryRoute'),
})

const tokenSearch = ({ token }: Search): { token?: string } => (token === undefined ? {} : { token })

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('../routes/setup.tsx'), 'SetupRoute'),
})

const linkAccountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link-account',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('../routes/link-account.tsx'), 'LinkAccountRoute'),
})

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('../routes/invitation.tsx'), 'InvitationRoute'),
})

const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('../routes/set-up.tsx'), 'SetUpRoute'),
})

const organizationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations',
  component: lazyRouteComponent(() => import('../routes/organizations.tsx'), 'OrganizationsRoute'),
})

const organizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/$slug',
  component: lazyRouteComponent(() => import('../routes/organization.tsx'), 'OrganizationRoute'),
})

const organizationIndexRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/organizations/$slug/members', params, replace: true })
  },
})

const pageSearch = ({ after, before }: Search): PageSearch => ({
  ...(after === undefined ? {} : { after }),
  ...(before === undefined ? {} : { before }),
})

const membersRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/members',
  validateSearch: (search: Search): PageSearch & { q?: string; role?: string; sso?: string } => ({
    ...pageSearch(search),
    ...(search['q'] ? { q: search['q'] } : {}),
    ...(search['role'] ? { role: search['role'] } : {}),
    ...(search['sso'] === 'used' || search['sso'] === 'never' ? { sso: search['sso'] } : {}),
  }),
  component: lazyRouteComponent(() => import('../routes/members.tsx'), 'MembersRoute'),
})

const overviewRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/overview',
  component: lazyRouteComponent(() => import('../routes/overview.tsx'), 'OverviewRoute'),
})

const rolesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/roles',
  component: lazyRouteComponent(() => import('../routes/roles.tsx'), 'RolesRoute'),
})

const invitationsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/invitations',
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import('../routes/invitations.tsx'), 'InvitationsRoute'),
})

const settingsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../routes/settings.tsx'), 'SettingsRoute'),
})

const ssoConnectionRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/settings/sso/$connectionId',
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import('../routes/sso-connection.tsx'), 'SsoConnectionRoute'),
})

const accessTokensRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/access-tokens',
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import('../routes/access-tokens.tsx'), 'AccessTokensRoute'),
})

const yourSessionsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/your-sessions',
  component: lazyRouteComponent(() => import('../routes/your-sessions.tsx'), 'YourSessionsRoute'),
})

const auditLogRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/audit-log',
  validateSearch: (search: Search): PageSearch & AuditSearch => ({
    ...pageSearch(search),
    ...readAuditSearch(search),
  }),
  component: lazyRouteComponent(() => import('../routes/audit-log.tsx'), 'AuditLogRoute'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    signInRoute,
    recoveryRoute,
    setupRoute,
    linkAccountRoute,
    invitationRoute,
    setUpRoute,
    organizationsRoute,
    organizationRoute.addChildren([
      organizationIndexRoute,
      membersRoute,
      overviewRoute,
      rolesRoute,
      invitationsRoute,
      settingsRoute,
      ssoConnectionRoute,
      accessTokensRoute,
      auditLogRoute,
      yourSessionsRoute,
    ]),
  ]),
  // The address bar holds plain text: a search for 007 stays 007.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
  },
  defaultPreload: 'intent',
  defaultErrorComponent: ErrorPage,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface HistoryState {
    /** The e-mail address that a step of the sign-in is about. */
    signInEmail?: string
  }
}
