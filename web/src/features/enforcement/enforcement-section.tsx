import { useQuery } from '@apollo/client/react'
import { Alert, Button, Group, Skeleton, Text, Title } from '@mantine/core'
import { IconLifebuoy } from '@tabler/icons-react'
import { type ReactNode, useCallback, useState } from 'react'
import { useAppearing } from '../../components/appear-together.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Problem } from '../../components/problem.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { toastDone } from '../../components/toast.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import classes from './enforcement.module.css'
import { EnforcementState } from './enforcement-state.tsx'
import { RequireSsoDialog } from './require-sso-dialog.tsx'
import { useSetSsoEnforcement } from './use-set-sso-enforcement.ts'

const EnforcementSectionQuery = graphql(`
  query EnforcementSection($slug: String!) {
    organization(slug: $slug) {
      id
      ssoPolicy {
        enforced
        trialEndsAt
        confirmedAt
      }
      ssoConnections {
        id
        name
        enabled
        verifiedAt
        loginUrl
      }
      recoveryCodes {
        unused
        createdAt
      }
      recoveryCodeUses {
        at
        email
      }
    }
  }
`)

type Dialog = 'require' | 'codes' | 'off' | null

/** Whether single sign-on is the only way in, and the way back in when it lets nobody in. */
export function EnforcementSection({ slug, mayManage }: { slug: string; mayManage: boolean }) {
  const { data, error, refetch } = useQuery(EnforcementSectionQuery, { variables: { slug } })
  useAppearing(data !== undefined || error !== undefined)
  const [dialog, setDialog] = useState<Dialog>(null)
  const setSsoEnforcement = useSetSsoEnforcement()
  const readAgain = useCallback(() => void refetch(), [refetch])
  const organization = data?.organization ?? null
  const close = () => {
    setDialog(null)
    void refetch()
  }
  if (organization === null) {
    return (
      <Section>
        {error === undefined ? (
          <Skeleton h={110} radius="lg" aria-busy="true" />
        ) : (
          <Problem message={readOperationError(error).message} onRetry={() => void refetch()} />
        )}
      </Section>
    )
  }
  const { id, ssoPolicy, ssoConnections, recoveryCodes, recoveryCodeUses } = organization
  const proven = ssoConnections.some(({ enabled, verifiedAt }) => enabled && verifiedAt !== null)
  const [use] = recoveryCodeUses
  return (
    <Section>
      {use !== undefined && (
        <Alert color="amber" mb="md" icon={<IconLifebuoy size={18} aria-hidden="true" />}>
          <Text size="sm">
            A recovery code of {use.email} was used <RelativeTime at={use.at} />. If nobody knows of it, look in the
            audit log, and have new codes made.
          </Text>
        </Alert>
      )}
      <div className={classes['panel']}>
        <EnforcementState
          slug={slug}
          policy={ssoPolicy}
          connections={ssoConnections.filter(({ enabled }) => enabled)}
          proven={proven}
          onOver={readAgain}
        />
        {mayManage && (
          <Group gap="sm" mt="md">
            {ssoPolicy.enforced ? (
              <Button variant="default" onClick={() => setDialog('off')}>
                Stop requiring it
              </Button>
            ) : (
              recoveryCodes !== null && (
                <Button onClick={() => setDialog('require')} disabled={!proven}>
                  Require single sign-on
                </Button>
              )
            )}
            {recoveryCodes !== null && (
              <Button variant="subtle" onClick={() => setDialog('codes')}>
                {recoveryCodes.unused === 0 ? 'Recovery codes…' : `Recovery codes: ${recoveryCodes.unused} unused`}
              </Button>
            )}
          </Group>
        )}
      </div>
      {(dialog === 'require' || dialog === 'codes') && (
        <RequireSsoDialog
          slug={slug}
          organizationId={id}
          unusedCodes={recoveryCodes?.unused ?? 0}
          codesOnly={dialog === 'codes'}
          onClose={close}
        />
      )}
      {dialog === 'off' && (
        <ConfirmDialog
          title="Stop requiring single sign-on?"
          confirmLabel="Stop requiring it"
          danger
          onConfirm={async () => {
            await setSsoEnforcement(id, false)
            toastDone('Single sign-on is no longer required')
          }}
          onClose={close}
          explain={(failure) => readOperationError(failure).message}
        >
          Passwords let members in again at once, and all access tokens count again.
        </ConfirmDialog>
      )}
    </Section>
  )
}

function Section({ children }: { children: ReactNode }) {
  return (
    <section aria-labelledby="enforcement">
      <Title order={2} id="enforcement">
        Require single sign-on
      </Title>
      <Text size="sm" c="dimmed" mb="md" maw="64ch">
        Members come in through your identity provider and no other way: no passwords, and no access tokens of people it
        does not know.
      </Text>
      {children}
    </section>
  )
}
