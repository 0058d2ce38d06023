import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { getRouteApi, Navigate, useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { forgetOrganization } from '../app/last-organization.ts'
import { CenteredPage } from '../components/centered-page.tsx'
import { Problem } from '../components/problem.tsx'
import { TextLink } from '../components/text-link.tsx'
import { EmailStep } from '../features/session/email-step.tsx'
import { readLastSignIn } from '../features/session/last-sign-in.ts'
import { PasswordStep } from '../features/session/password-step.tsx'
import { SignInAddress } from '../features/session/sign-in-address.tsx'
import { SignedOutNotice } from '../features/session/signed-out-notice.tsx'
import { SingleSignOnStep } from '../features/session/single-sign-on-step.tsx'
import { useSetupRequired } from '../features/session/use-setup-required.ts'
import { useSignInOptions } from '../features/session/use-sign-in-options.ts'

const route = getRouteApi('/sign-in')

/**
 * The one front door: an address first, then what its domain leads to. The step stands in the address bar, the e-mail
 * address in the history entry alone: so the back button works, and no log and no bookmark holds the address.
 */
export function SignInRoute() {
  const { returnTo = null, signedOut, step } = route.useSearch()
  const stated = useLocation({ select: ({ state }) => state.signInEmail ?? null })
  const navigate = useNavigate()
  const [typed, setTyped] = useState(() => stated ?? readLastSignIn()?.email ?? '')
  const email = step === undefined ? null : stated
  const { find, options, problem, retry } = useSignInOptions(email, returnTo)
  const setupRequired = useSetupRequired()
  if (setupRequired) return <Navigate to="/setup" replace />

  const goOn = async (address: string) => {
    const found = await find(address)
    const throughSso = found.entrances.length > 0 || !found.passwordAllowed
    await navigate({
      to: '/sign-in',
      search: { ...(returnTo === null ? {} : { returnTo }), step: throughSso ? 'single-sign-on' : 'password' },
      state: { signInEmail: found.email },
    })
  }

  const organization = options?.entrances[0]?.organizationName ?? null
  const byPassword = step === 'password' && options?.passwordAllowed !== false
  const title =
    email === null || byPassword
      ? email === null
        ? 'Sign in'
        : 'Enter your password'
      : `Sign in to ${organization ?? 'your organization'}`

  return (
    <CenteredPage
      title={title}
      lead={
        email === null ? (
          'to Gatehouse, the console of your organization'
        ) : (
          <SignInAddress email={email} returnTo={returnTo} />
        )
      }
      aside={email !== null && byPassword && organization === null ? <SingleSignOnHint /> : <RecoveryHint />}
    >
      <VisuallyHidden aria-live="polite">
        {email === null ? '' : byPassword ? `Enter the password of ${email}.` : `${title}, as ${email}.`}
      </VisuallyHidden>
      {signedOut !== undefined && email === null && <SignedOutNotice where={signedOut} />}
      {email === null ? (
        <EmailStep email={typed} onEmail={setTyped} onContinue={goOn} onForget={forgetOrganization} />
      ) : problem !== null ? (
        <Problem message={problem.message} reference={problem.requestId} onRetry={retry} />
      ) : options === null ? (
        <Stack gap="sm">
          <Skeleton h={36} />
          <Skeleton h={12} w="50%" />
        </Stack>
      ) : byPassword ? (
        <PasswordStep email={email} onSignedIn={() => location.replace(returnTo ?? '/')} />
      ) : (
        <SingleSignOnStep
          email={email}
          returnTo={returnTo}
          entrances={options.entrances}
          passwordAllowed={options.passwordAllowed}
        />
      )}
    </CenteredPage>
  )
}

/** For an owner whom the identity provider does not let in. */
function RecoveryHint() {
  return (
    <TextLink to="/recovery" c="dimmed" size="sm" underline="always">
      Use a recovery code
    </TextLink>
  )
}

/** For members of an organization that has not verified its domain. */
function SingleSignOnHint() {
  return (
    <>
      <strong>Your organization uses single sign-on?</strong> Open its SSO login URL instead: an address ending in{' '}
      <code>/login</code> that your organization’s owner gave you, or the tile in your identity provider’s list of
      applications.
    </>
  )
}
