import '../app/console-styles.ts'
import { Divider, Skeleton, Stack, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { CenteredPage } from '../components/centered-page.tsx'
import { CopyableValue } from '../components/copyable-value.tsx'
import { Problem } from '../components/problem.tsx'
import { formatExact } from '../components/relative-time.tsx'
import { GuidedSetup } from '../features/sso/guide/guided-setup.tsx'
import { AdministratorForm } from '../features/sso/setup-link/administrator-form.tsx'
import { AdministratorTest } from '../features/sso/setup-link/administrator-test.tsx'
import { keepToken, readKeptToken } from '../features/sso/setup-link/kept-token.ts'
import { type ConnectionSetup, useConnectionSetup } from '../features/sso/setup-link/use-connection-setup.ts'
import { readOperationError } from '../graphql/operation-error.ts'

const route = getRouteApi('/set-up')

/** What a setup link opens: for whoever runs the identity provider, with or without an account here. */
export function SetUpRoute() {
  const { token } = route.useSearch()
  const navigate = route.useNavigate()
  const [kept] = useState(() => (token === undefined ? readKeptToken() : keepToken(token)))
  // The secret does not stay in the address bar, nor in the history.
  useEffect(() => {
    if (token !== undefined) void navigate({ search: {}, replace: true })
  }, [token, navigate])
  return kept === null ? <NotValid /> : <OpenedSetup token={kept} />
}

function OpenedSetup({ token }: { token: string }) {
  const { setup, error, reload, progress, saving, save, starting, startTest } = useConnectionSetup(token)
  const problem = error === undefined ? null : readOperationError(error)
  if (problem?.code === 'NOT_FOUND') return <NotValid />
  if (setup === null) {
    return (
      <CenteredPage title="Set up single sign-on" wide>
        {problem === null ? (
          <Stack gap="sm" aria-busy="true">
            <Skeleton h={12} />
            <Skeleton h={12} w="60%" />
            <Skeleton h={160} mt="md" />
          </Stack>
        ) : (
          <Problem message={problem.message} reference={problem.requestId} onRetry={() => void reload()} />
        )}
      </CenteredPage>
    )
  }
  const { organizationName, invitedBy, expiresAt } = setup
  return (
    <CenteredPage
      title={`Set up single sign-on for ${organizationName}`}
      lead={
        <>
          {invitedBy} asks you to connect your identity provider. You need no account here; close the page whenever you
          like, the link brings you back until {formatExact(expiresAt)}.
        </>
      }
      wide
    >
      <Stack gap="xl">
        <section aria-labelledby="there">
          <Title order={2} size="h3" mb="md" id="there">
            At the identity provider
          </Title>
          <GuidedSetup kind="SamlConnection" ours={setup} state={progress}>
            <OurValues setup={setup} />
          </GuidedSetup>
        </section>
        <Divider />
        <section aria-labelledby="here">
          <Title order={2} size="h3" mb="md" id="here">
            From the identity provider
          </Title>
          <AdministratorForm setup={setup} saving={saving} onSave={save} />
        </section>
        <Divider />
        <section aria-labelledby="test">
          <Title order={2} size="h3" mb="md" id="test">
            Test
          </Title>
          <AdministratorTest setup={setup} starting={starting} onStart={startTest} />
        </section>
      </Stack>
    </CenteredPage>
  )
}

function OurValues({ setup }: { setup: ConnectionSetup }) {
  return (
    <Stack gap="md">
      <CopyableValue label="Redirect URL" description="ACS URL, Reply URL." value={setup.redirectUrl} />
      <CopyableValue label="Our Entity ID" description="Identifier, Audience." value={setup.spEntityId} />
      <CopyableValue label="SSO login URL" description="Sign on URL, Login URL." value={setup.loginUrl} />
      <CopyableValue
        label="Metadata URL"
        description="For one that reads our settings by itself."
        value={setup.spMetadataUrl}
      />
    </Stack>
  )
}

function NotValid() {
  return (
    <CenteredPage
      title="This setup link is not valid any more"
      lead="It works for seven days, and ends when it is revoked, when a newer one is made, and when the connection is enabled: then there is nothing left to do. Ask whoever sent it to you for a new one."
    />
  )
}
