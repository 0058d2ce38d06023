import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { CreateOrganizationInput } from '../../graphql/generated/graphql.ts'

const CreateOrganization = graphql(`
  mutation CreateOrganization($input: CreateOrganizationInput!) {
    createOrganization(input: $input) {
      organization {
        id
        slug
        name
      }
    }
  }
`)

/** Makes another organization with the viewer as its owner. Returns its slug. */
export function useCreateOrganization() {
  const [mutate, { loading }] = useMutation(CreateOrganization, {
    refetchQueries: ['OrganizationFrame'],
    awaitRefetchQueries: true,
  })
  const createOrganization = async (input: CreateOrganizationInput): Promise<string> => {
    const { data } = await mutate({ variables: { input } })
    return data?.createOrganization.organization.slug ?? input.slug
  }
  return { createOrganization, loading }
}
