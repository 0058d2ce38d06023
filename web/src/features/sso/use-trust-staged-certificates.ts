import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const TrustStagedCertificates = graphql(`
  mutation TrustStagedCertificates($input: TrustStagedCertificatesInput!) {
    trustStagedCertificates(input: $input) {
      connection {
        id
        ...SamlForm_connection
        ...ConnectionCard_connection
        ...ConnectionSummary_connection
        ...MetadataRefreshPanel_connection
      }
    }
  }
`)

export function useTrustStagedCertificates() {
  const [mutate] = useMutation(TrustStagedCertificates)
  const trustStagedCertificates = async (connectionId: string, fingerprintsSha256: string[]) => {
    await mutate({ variables: { input: { connectionId, fingerprintsSha256 } } })
  }
  return { trustStagedCertificates }
}
