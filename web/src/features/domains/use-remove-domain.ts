import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const RemoveDomain = graphql(`
  mutation RemoveDomain($input: RemoveDomainInput!) {
    removeDomain(input: $input) {
      removedDomainId
    }
  }
`)

/** Afterwards the list is read again. */
export function useRemoveDomain() {
  const [mutate] = useMutation(RemoveDomain, { refetchQueries: ['DomainsSection'], awaitRefetchQueries: true })
  const removeDomain = async (domainId: string) => {
    await mutate({ variables: { input: { domainId } } })
  }
  return { removeDomain }
}
