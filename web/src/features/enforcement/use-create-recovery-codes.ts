import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const CreateRecoveryCodes = graphql(`
  mutation CreateRecoveryCodes($input: CreateRecoveryCodesInput!) {
    createRecoveryCodes(input: $input) {
      codes
      organization {
        id
        recoveryCodes {
          unused
          createdAt
        }
      }
    }
  }
`)

/** Makes the viewer's recovery codes anew. The codes are in the answer alone, which is not kept. */
export function useCreateRecoveryCodes() {
  const [mutate, { loading }] = useMutation(CreateRecoveryCodes, { fetchPolicy: 'network-only' })
  const createRecoveryCodes = async (organizationId: string): Promise<string[]> => {
    const { data } = await mutate({ variables: { input: { organizationId } } })
    return data?.createRecoveryCodes.codes ?? []
  }
  return { createRecoveryCodes, loading }
}
