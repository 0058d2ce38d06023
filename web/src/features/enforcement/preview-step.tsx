import { useQuery } from '@apollo/client/react'
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { graphql } from '../../graphql/generated/gql.ts'
import type { AccessLossReason } from '../../graphql/generated/graphql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import classes from './enforcement.module.css'
import { useSetSsoEnforcement } from './use-set-sso-enforcement.ts'

const EnforcementPreview = graphql(`
  query EnforcementPreview($slug: String!) {
    organization(slug: $slug) {
      id
      ssoEnforcementPreview {
        memberCount
        losingMemberCount
        members {
          id
          email
          reasons
        }
        losingAccessTokenCount
        accessTokens {
          id
          name
          createdByEmail
        }
      }
    }
  }
`)

const words: Record<AccessLossReason, string> = {
  NEVER_USED_SSO: 'has never signed in through single sign-on',
  DOMAIN_NOT_VERIFIED: 'the mail domain is not verified',
  GUEST: 'a guest from outside',
  PASSWORD_ONLY_OWNER: 'an owner who signs in by password',
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

type Props = { slug: string; onDone: () => void; onCancel: () => void }

/** Who loses access and why, then the decision. */
export function PreviewStep({ slug, onDone, onCancel }: Props) {
  const { data, error, refetch } = useQuery(EnforcementPreview, { variables: { slug }, fetchPolicy: 'no-cache' })
  const setSsoEnforcement = useSetSsoEnforcement()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const organization = data?.organization ?? null

  if (organization === null) {
    return error === undefined ? (
      <Stack gap="sm" aria-busy="true">
        <Skeleton h={16} w="80%" />
        <Skeleton h={120} />
      </Stack>
    ) : (
      <Problem message={readOperationError(error).message} onRetry={() => void refetch()} />
    )
  }
  const { memberCount, losingMemberCount, members, losingAccessTokenCount, accessTokens } =
    organization.ssoEnforcementPreview
  const confirm = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await setSsoEnforcement(organization.id, true)
      onDone()
    } catch (failure) {
      setProblem(readOperationError(failure).message)
      setBusy(false)
    }
  }
  return (
    <Stack gap="md">
      <Text size="sm">
        {losingMemberCount === 0
          ? `All ${counted(memberCount, 'member')} can come in through single sign-on.`
          : `${losingMemberCount} of ${counted(memberCount, 'member')} cannot come in until they sign in through single sign-on:`}
      </Text>
      {members.length > 0 && (
        <ul className={classes['losing']} aria-label="Members who lose access">
          {members.map(({ id, email, reasons }) => (
            <li key={id}>
              <div className={classes['who']}>{email}</div>
              <Text size="sm" c="dimmed">
                {sentence(reasons)}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {losingMemberCount > members.length && (
        <Text size="sm" c="dimmed">
          And {losingMemberCount - members.length} more.
        </Text>
      )}
      {losingAccessTokenCount > 0 && (
        <Text size="sm">
          {counted(losingAccessTokenCount, 'access token')} stop{losingAccessTokenCount === 1 ? 's' : ''} working,
          because their makers have never used single sign-on: {accessTokens.map(({ name }) => name).join(', ')}
          {losingAccessTokenCount > accessTokens.length && ' and others'}.
        </Text>
      )}
      <Text size="sm">
        It begins with a trial of 30 minutes. Sign in through single sign-on in that time and it stays; if no owner
        does, everything goes back to how it was.
      </Text>
      {problem !== null && <Problem message={problem} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel} disabled={busy} data-autofocus>
          Cancel
        </Button>
        <Button onClick={() => void confirm()} loading={busy}>
          Require single sign-on
        </Button>
      </Group>
    </Stack>
  )
}

function sentence(reasons: readonly AccessLossReason[]): string {
  const text = reasons.map((reason) => words[reason]).join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
