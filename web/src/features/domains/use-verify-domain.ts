import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const VerifyDomain = graphql(`
  mutation VerifyDomain($input: VerifyDomainInput!) {
    verifyDomain(input: $input) {
      domain {
        id
        problem
        ...DomainCard_domain
      }
    }
  }
`)

/** Resolves to whether the record was found. */
export function useVerifyDomain() {
  const [mutate, { loading }] = useMutation(VerifyDomain)
  const verifyDomain = async (domainId: string): Promise<boolean> => {
    const { data } = await mutate({ variables: { input: { domainId } } })
    return data?.verifyDomain.domain.problem === null
  }
  return { verifyDomain, loading }
}
