import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { CompleteSetupInput } from '../../graphql/generated/graphql.ts'

const CompleteSetup = graphql(`
  mutation CompleteSetup($input: CompleteSetupInput!) {
    completeSetup(input: $input) {
      organization {
        id
        slug
        name
      }
      user {
        id
        email
        name
      }
    }
  }
`)

/** Makes the first organization and its owner, who is signed in from then on. Returns the organization's slug. */
export function useCompleteSetup() {
  const [mutate, { loading, client }] = useMutation(CompleteSetup)
  const completeSetup = async (input: CompleteSetupInput): Promise<string> => {
    const { data } = await mutate({ variables: { input } })
    await client.clearStore()
    return data?.completeSetup.organization.slug ?? input.organizationSlug
  }
  return { completeSetup, loading }
}
