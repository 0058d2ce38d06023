import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { DiagnoseInput } from '../../graphql/generated/graphql.ts'

const Diagnose = graphql(`
  mutation Diagnose($input: DiagnoseInput!) {
    diagnose(input: $input) {
      kind
      title
      explanation
      whatToDo
      notReached
      checks {
        name
        ...CheckTrace_check
      }
      certificates {
        fingerprintSha256
        ...CertificateList_certificate
      }
    }
  }
`)

/** Asks what a text is. Neither the text nor the answer goes into the cache. */
export function useDiagnose() {
  const [mutate, { loading }] = useMutation(Diagnose, { fetchPolicy: 'no-cache' })
  const diagnose = async (input: DiagnoseInput) => (await mutate({ variables: { input } })).data?.diagnose ?? null
  return { diagnose, loading }
}

export type Diagnosis = NonNullable<Awaited<ReturnType<ReturnType<typeof useDiagnose>['diagnose']>>>
