import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const AddDomain = graphql(`
  mutation AddDomain($input: AddDomainInput!) {
    addDomain(input: $input) {
      domain {
        id
      }
    }
  }
`)

/** Afterwards the list is read again. */
export function useAddDomain() {
  const [mutate, { loading }] = useMutation(AddDomain, {
    refetchQueries: ['DomainsSection'],
    awaitRefetchQueries: true,
  })
  const addDomain = async (organizationId: string, name: string) => {
    await mutate({ variables: { input: { organizationId, name } } })
  }
  return { addDomain, loading }
}
