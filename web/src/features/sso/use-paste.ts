import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { recognizePaste } from './recognize-paste.ts'
import { type SamlFormValues, samlFieldLabels, samlFields } from './saml-form-values.ts'
import { type Diagnosis, useDiagnose } from './use-diagnose.ts'
import { useInspectIdpMetadata } from './use-inspect-idp-metadata.ts'

/** What came of a paste: fields that it filled, or what it is. */
export type PasteOutcome = { filled: string[]; warnings: string[] } | { diagnosis: Diagnosis }

type Read = { values: Partial<SamlFormValues>; url: string | null; warnings: string[] }

/** Whatever somebody has in hand, and what was read from it. `onRead` fills the fields. */
export function usePaste(
  { organizationId, connectionId }: { organizationId: string; connectionId: string },
  onRead: (values: Partial<SamlFormValues>) => void,
) {
  const { inspectIdpMetadata, loading: inspecting } = useInspectIdpMetadata()
  const { diagnose, loading: diagnosing } = useDiagnose()
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<PasteOutcome | null>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [fetchedFrom, setFetchedFrom] = useState<string | null>(null)

  /** The values in a text; null when there are none, and then it was explained. */
  const valuesIn = async (given: string): Promise<Read | null> => {
    const paste = recognizePaste(given)
    if (paste.kind === 'values') return { values: paste.values, url: null, warnings: [] }
    if (paste.kind === 'certificate') return { values: { certificate: paste.text }, url: null, warnings: [] }
    if (paste.kind === 'metadata' || paste.kind === 'metadataUrl') {
      const url = paste.kind === 'metadataUrl' ? paste.url : null
      const source = paste.kind === 'metadataUrl' ? { url: paste.url } : { xml: paste.xml }
      const read = await inspectIdpMetadata({ organizationId, ...source })
      return read && { values: read.values, url, warnings: read.warnings }
    }
    if (paste.kind === 'other') {
      const diagnosis = await diagnose({ organizationId, connectionId, text: given })
      setOutcome(diagnosis && { diagnosis })
    }
    return null
  }

  /** Null when nothing could be filled in; then `message` or the outcome says why. */
  const read = async (given: string = text): Promise<Read | null> => {
    setProblem(null)
    try {
      const found = await valuesIn(given)
      if (found === null) return null
      const filled = samlFields.filter((field) => found.values[field] !== undefined && found.values[field] !== '')
      setOutcome({ filled: filled.map((field) => samlFieldLabels[field]), warnings: found.warnings })
      setFetchedFrom(found.url)
      onRead(found.values)
      return found
    } catch (error) {
      setProblem(readOperationError(error))
      return null
    }
  }
  const readSoon = useDebouncedCallback((given: string) => void read(given), 400)

  const change = (given: string) => {
    setText(given)
    setOutcome(null)
    setProblem(null)
    if (given.trim() !== '') readSoon(given)
  }
  const messages = problem === null ? {} : messagesByField(problem)
  return {
    text,
    change,
    read,
    loading: inspecting || diagnosing,
    outcome,
    fetchedFrom,
    message: problem === null ? null : (messages['xml'] ?? messages['url'] ?? messages['text'] ?? problem.message),
    /** Something was given that has not reached the fields yet. */
    unread: outcome === null && text.trim() !== '',
  }
}
