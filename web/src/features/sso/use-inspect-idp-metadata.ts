import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { InspectIdpMetadataInput } from '../../graphql/generated/graphql.ts'
import { joinCertificates } from './certificate-text.ts'
import type { MetadataValues } from './saml-form-values.ts'

const InspectIdpMetadata = graphql(`
  mutation InspectIdpMetadata($input: InspectIdpMetadataInput!) {
    inspectIdpMetadata(input: $input) {
      idpSsoUrl
      idpEntityId
      idpSloUrl
      idpSloResponseUrl
      warnings
      idpCertificates {
        pem
      }
    }
  }
`)

type ReadMetadata = { values: MetadataValues; warnings: string[] }

/** Reads metadata without saving anything. */
export function useInspectIdpMetadata() {
  const [mutate, { loading }] = useMutation(InspectIdpMetadata)
  const inspectIdpMetadata = async (input: InspectIdpMetadataInput): Promise<ReadMetadata | null> => {
    const { data } = await mutate({ variables: { input } })
    if (!data) return null
    const { idpSsoUrl, idpEntityId, idpCertificates, warnings, idpSloUrl, idpSloResponseUrl } = data.inspectIdpMetadata
    const certificate = joinCertificates(idpCertificates.map(({ pem }) => pem))
    const logout = idpSloUrl === null ? {} : { idpSloUrl, idpSloResponseUrl: idpSloResponseUrl ?? '' }
    const values = { idpSsoUrl, idpEntityId, certificate, ...logout }
    return { values, warnings }
  }
  return { inspectIdpMetadata, loading }
}
