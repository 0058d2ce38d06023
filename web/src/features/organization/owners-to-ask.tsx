import { useQuery } from '@apollo/client/react'
import { Anchor } from '@mantine/core'
import { graphql } from '../../graphql/generated/gql.ts'

const OwnersToAsk = graphql(`
  query OwnersToAsk($slug: String!) {
    organization(slug: $slug) {
      id
      memberships(first: 5, role: "owner") {
        nodes {
          id
          suspended
          user {
            id
            name
            email
          }
        }
      }
    }
  }
`)

/** Whom to ask, by name where the viewer may see the members. */
export function OwnersToAskText({ slug }: { slug: string }) {
  const { data } = useQuery(OwnersToAsk, { variables: { slug } })
  const owners = (data?.organization?.memberships.nodes ?? []).filter((owner) => !owner.suspended)
  if (owners.length === 0) return <>Ask an owner of the organization.</>
  return (
    <>
      Ask an owner of the organization:{' '}
      {owners.map(({ id, user }, index) => (
        <span key={id}>
          {index > 0 && (index === owners.length - 1 ? ' or ' : ', ')}
          <Anchor href={`mailto:${user.email}`} inherit underline="always">
            {user.name ?? user.email}
          </Anchor>
        </span>
      ))}
      .
    </>
  )
}
