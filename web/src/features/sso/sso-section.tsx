import { useQuery } from '@apollo/client/react'
import { Alert, Button, Skeleton, Text, Title } from '@mantine/core'
import { IconLock, IconShieldLock } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { useAppearing } from '../../components/appear-together.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Problem } from '../../components/problem.tsx'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import cards from './connection-card.module.css'
import { ConnectionCard } from './connection-card.tsx'
import { LazyConfigureSsoDialog } from './lazy-configure-sso-dialog.tsx'
import classes from './sso-section.module.css'

const SsoSectionQuery = graphql(`
  query SsoSection($slug: String!) {
    organization(slug: $slug) {
      id
      ssoConnections {
        id
        ...ConnectionCard_connection
      }
    }
  }
`)

type Props = {
  slug: string
  mayManage: boolean
  /** Whom to ask, for everybody who may only look. */
  ownersToAsk: ReactNode
}

/** The organization's connections to identity providers, and the way to another one. */
export function SsoSection({ slug, mayManage, ownersToAsk }: Props) {
  const { data, error, refetch } = useQuery(SsoSectionQuery, { variables: { slug } })
  useAppearing(data !== undefined || error !== undefined)
  const [configuring, setConfiguring] = useState(false)
  const organization = data?.organization ?? null
  const connections = organization?.ssoConnections ?? []
  const problem = error === undefined ? null : readOperationError(error)
  const button = useRef<HTMLButtonElement>(null)
  const configure = (
    <Button ref={button} onClick={() => setConfiguring(true)}>
      Configure
    </Button>
  )
  const close = () => {
    setConfiguring(false)
    // The button may have moved from the empty state to the head of the list.
    setTimeout(() => {
      if (document.activeElement === document.body) button.current?.focus()
    }, 60)
  }

  return (
    <section aria-labelledby="single-sign-on">
      <div className={classes['head']}>
        <div className={classes['words']}>
          <Title order={2} id="single-sign-on">
            Single Sign-On (SSO)
          </Title>
          <Text size="sm" c="dimmed">
            Members sign in through your identity provider. Whoever it lets in becomes a member at their first sign-in.
          </Text>
        </div>
        {mayManage && connections.length > 0 && configure}
      </div>
      {!mayManage && <OnlyOwners ownersToAsk={ownersToAsk} />}
      {organization === null ? (
        problem === null ? (
          <div aria-busy="true">
            <Skeleton h={150} radius="lg" />
          </div>
        ) : (
          <Problem
            title="This could not be loaded"
            message={problem.message}
            reference={problem.requestId}
            onRetry={() => void refetch()}
          />
        )
      ) : connections.length === 0 ? (
        <EmptyState
          icon={<IconShieldLock size={22} />}
          title="No identity provider is connected"
          order={3}
          action={mayManage ? configure : undefined}
        >
          Connect Microsoft Entra, Okta or another identity provider, and people sign in here with the account they have
          at work. You need an administrator’s access over there; the URLs it asks for are shown first.
        </EmptyState>
      ) : (
        <ul className={cards['list']} aria-label="Connections">
          {connections.map((connection) => (
            <ConnectionCard
              key={connection.id}
              slug={slug}
              organizationId={organization.id}
              connection={connection}
              mayManage={mayManage}
            />
          ))}
        </ul>
      )}
      {configuring && organization !== null && (
        <LazyConfigureSsoDialog
          organizationId={organization.id}
          connection={null}
          onMade={() => refetch()}
          onClose={close}
        />
      )}
    </section>
  )
}

function OnlyOwners({ ownersToAsk }: { ownersToAsk: ReactNode }) {
  return (
    <Alert color="gray" mb="md" icon={<IconLock size={18} aria-hidden="true" />}>
      <Text size="sm" component="div">
        Only an Organization Owner may configure single sign-on. {ownersToAsk}
      </Text>
    </Alert>
  )
}
