import { useMutation } from '@apollo/client/react'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { FragmentType } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { messagesByField, readOperationError } from '../../graphql/operation-error.ts'
import type { CertificateList_certificate } from './certificate-list.tsx'

const InspectIdpCertificates = graphql(`
  mutation InspectIdpCertificates($input: InspectIdpCertificatesInput!) {
    inspectIdpCertificates(input: $input) {
      certificates {
        ...CertificateList_certificate
      }
    }
  }
`)

type Found = { certificates: FragmentType<typeof CertificateList_certificate>[]; problem: string | null }

const nothing: Found = { certificates: [], problem: null }

/** What a pasted text is, a moment after the last change: the certificates in it, or why there are none. */
export function useInspectIdpCertificates(organizationId: string, text: string): Found {
  const [mutate] = useMutation(InspectIdpCertificates)
  const [settled] = useDebouncedValue(text.trim(), 350)
  const [found, setFound] = useState<Found>(nothing)

  useEffect(() => {
    if (settled === '') {
      setFound(nothing)
      return
    }
    let current = true
    const take = (next: Found) => {
      if (current) setFound(next)
    }
    mutate({ variables: { input: { organizationId, certificates: [settled] } } }).then(
      ({ data }) => take({ certificates: data?.inspectIdpCertificates.certificates ?? [], problem: null }),
      (error: unknown) => {
        const read = readOperationError(error)
        const { certificates, idpCertificates } = messagesByField(read)
        take({ certificates: [], problem: certificates ?? idpCertificates ?? read.message })
      },
    )
    return () => {
      current = false
    }
  }, [settled, organizationId, mutate])

  return found
}
