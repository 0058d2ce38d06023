import { Button, Divider, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useCountdown } from '../../components/use-countdown.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { AcceptForm } from './accept-form.tsx'
import { EntranceList } from './entrance-list.tsx'
import { type KeptInvitation, keepInvitation } from './kept-invitation.ts'
import { tooManyAttempts } from './too-many-attempts.ts'
import { type Joined, useAcceptInvitation } from './use-accept-invitation.ts'
import { useSignOut } from './use-sign-out.ts'

export const AcceptPanel_invitation = graphql(`
  fragment AcceptPanel_invitation on InvitationPreview {
    email
    organizationName
    organizationSlug
    passwordAllowed
    viewerIsInvited
    viewerEmail
    entrances {
      connectionId
      connectionName
      loginUrl(returnTo: "/invitation")
    }
  }
`)

type Props = {
  invitation: FragmentType<typeof AcceptPanel_invitation>
  kept: KeptInvitation
  onJoined: (joined: Joined) => void
  /** The link stopped working in between. */
  onGone: () => void
}

/** How whoever holds the link joins: by who they are signed in as, and by what the organization admits. */
export function AcceptPanel({ invitation, kept, onJoined, onGone }: Props) {
  const { email, organizationName, organizationSlug, passwordAllowed, viewerIsInvited, viewerEmail, entrances } =
    unmask(AcceptPanel_invitation, invitation)
  const { acceptInvitation, loading } = useAcceptInvitation()
  const [problem, setProblem] = useState<OperationError | null>(null)
  const wait = useCountdown(problem?.retryAfter ?? null)

  const accept = async (input: { name?: string | null; password?: string } = {}) => {
    setProblem(null)
    try {
      const joined = await acceptInvitation({ token: kept.token, ...input })
      if (joined !== null) onJoined(joined)
    } catch (error) {
      const refused = readOperationError(error)
      if (refused.code === 'NOT_FOUND') onGone()
      else setProblem(refused)
    }
  }

  // Whoever chose to come in through single sign-on, and did, has said yes already.
  const begun = useRef(false)
  useEffect(() => {
    if (!viewerIsInvited || kept.enteringSlug === null || begun.current) return
    begun.current = true
    keepInvitation({ ...kept, enteringSlug: null })
    void accept()
  })

  const ways = (
    <EntranceList
      entrances={entrances}
      onChosen={() => keepInvitation({ token: kept.token, enteringSlug: organizationSlug })}
    />
  )
  if (viewerEmail !== null && !viewerIsInvited) return <SignedInAsAnother email={email} viewerEmail={viewerEmail} />
  if (problem?.reason === 'SSO_REQUIRED') {
    return (
      <Stack gap="md">
        <Problem message={problem.message} />
        {ways}
      </Stack>
    )
  }
  if (viewerIsInvited) {
    return (
      <Stack gap="md">
        {problem !== null && (
          <Problem message={wait > 0 ? tooManyAttempts(wait) : problem.message} reference={problem.requestId} />
        )}
        <Text size="sm">You are signed in as {email}.</Text>
        <Button fullWidth loading={loading} disabled={wait > 0} onClick={() => void accept()}>
          Join {organizationName}
        </Button>
      </Stack>
    )
  }
  return (
    <Stack gap="md">
      {(entrances.length > 0 || !passwordAllowed) && ways}
      {entrances.length > 0 && passwordAllowed && <Divider label="or" />}
      {passwordAllowed && (
        <AcceptForm
          email={email}
          organizationName={organizationName}
          second={entrances.length > 0}
          problem={problem}
          busy={loading}
          onSubmit={(input) => void accept(input)}
        />
      )}
    </Stack>
  )
}

function SignedInAsAnother({ email, viewerEmail }: { email: string; viewerEmail: string }) {
  const { signOut, loading, error } = useSignOut()
  return (
    <Stack gap="md">
      <Text size="sm">
        The invitation is for {email}, and you are signed in as {viewerEmail}. Sign out to accept it.
      </Text>
      {error !== undefined && <Problem message={readOperationError(error).message} />}
      <Button fullWidth loading={loading} onClick={() => void signOut('/invitation').catch(() => {})}>
        Sign out
      </Button>
    </Stack>
  )
}
