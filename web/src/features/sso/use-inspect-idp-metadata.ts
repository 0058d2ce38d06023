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
      warnings
      idpCertificates {
        pem
      }
    }
  }
`)

export type ReadMetadata = { values: MetadataValues; certificates: number; warnings: string[] }

/** Reads metadata without saving anything. */
export function useInspectIdpMetadata() {
  const [mutate, { loading }] = useMutation(InspectIdpMetadata)
  const inspectIdpMetadata = async (input: InspectIdpMetadataInput): Promise<ReadMetadata | null> => {
    const { data } = await mutate({ variables: { input } })
    if (!data) return null
    const { idpSsoUrl, idpEntityId, idpCertificates, warnings } = data.inspectIdpMetadata
    const certificate = joinCertificates(idpCertificates.map(({ pem }) => pem))
    return { values: { idpSsoUrl, idpEntityId, certificate }, certificates: idpCertificates.length, warnings }
  }
  return { inspectIdpMetadata, loading }
}
