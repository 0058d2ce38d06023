import { useQuery } from '@apollo/client/react'
import { Alert, Button, Skeleton, Text, Title } from '@mantine/core'
import { IconLock, IconWorld } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useAppearing } from '../../components/appear-together.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Problem } from '../../components/problem.tsx'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { AddDomainDialog } from './add-domain-dialog.tsx'
import { DomainCard } from './domain-card.tsx'
import classes from './domains-section.module.css'

const DomainsSectionQuery = graphql(`
  query DomainsSection($slug: String!) {
    organization(slug: $slug) {
      id
      domains {
        id
        ...DomainCard_domain
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

/** The mail domains that the organization proves to be its own. */
export function DomainsSection({ slug, mayManage, ownersToAsk }: Props) {
  const { data, error, refetch } = useQuery(DomainsSectionQuery, { variables: { slug } })
  useAppearing(data !== undefined || error !== undefined)
  const [adding, setAdding] = useState(false)
  const organization = data?.organization ?? null
  const domains = organization?.domains ?? []
  const problem = error === undefined ? null : readOperationError(error)
  const add = <Button onClick={() => setAdding(true)}>Add domain</Button>

  return (
    <section aria-labelledby="domains">
      <div className={classes['head']}>
        <div className={classes['words']}>
          <Title order={2} id="domains">
            Domains
          </Title>
          <Text size="sm" c="dimmed">
            The mail domains that are your organization’s own, each proved by a record in its DNS.
          </Text>
        </div>
        {mayManage && domains.length > 0 && add}
      </div>
      {!mayManage && (
        <Alert color="gray" mb="md" icon={<IconLock size={18} aria-hidden="true" />}>
          <Text size="sm" component="div">
            Only an Organization Owner may add, check or remove domains. {ownersToAsk}
          </Text>
        </Alert>
      )}
      {organization === null ? (
        problem === null ? (
          <div aria-busy="true">
            <Skeleton h={110} radius="lg" />
          </div>
        ) : (
          <Problem
            title="This could not be loaded"
            message={problem.message}
            reference={problem.requestId}
            onRetry={() => void refetch()}
          />
        )
      ) : domains.length === 0 ? (
        <EmptyState
          icon={<IconWorld size={22} />}
          title="No domain is proved"
          order={3}
          action={mayManage ? add : undefined}
        >
          With a proved domain, people are led to your identity provider by their e-mail address, an account that they
          have already is connected without a question, and no other organization can make accounts with your addresses.
          You need access to the domain’s DNS.
        </EmptyState>
      ) : (
        <ul className={classes['list']} aria-label="Domains">
          {domains.map((domain) => (
            <DomainCard key={domain.id} domain={domain} mayManage={mayManage} />
          ))}
        </ul>
      )}
      {adding && organization !== null && (
        <AddDomainDialog organizationId={organization.id} onClose={() => setAdding(false)} />
      )}
    </section>
  )
}
