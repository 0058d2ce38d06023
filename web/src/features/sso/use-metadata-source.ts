import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import type { MetadataValues } from './saml-form-values.ts'
import { type ReadMetadata, useInspectIdpMetadata } from './use-inspect-idp-metadata.ts'

export type MetadataWay = 'hand' | 'text' | 'url'

type Given = { way: MetadataWay; xml: string; url: string }

/** Metadata as somebody gives it, and what was read from it. `onRead` fills the fields. */
export function useMetadataSource(organizationId: string, onRead: (values: MetadataValues) => void) {
  const { inspectIdpMetadata, loading } = useInspectIdpMetadata()
  const [given, setGiven] = useState<Given>({ way: 'hand', xml: '', url: '' })
  const [found, setFound] = useState<ReadMetadata | null>(null)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [fetchedFrom, setFetchedFrom] = useState<string | null>(null)

  const textOf = ({ way, xml, url }: Given) => (way === 'hand' ? '' : (way === 'text' ? xml : url).trim())

  /** What the metadata says; null when it could not be read, and then `message` says why. */
  const read = async (source: Given = given): Promise<{ values: MetadataValues; url: string | null } | null> => {
    const text = textOf(source)
    setProblem(null)
    try {
      const result = await inspectIdpMetadata(
        source.way === 'url' ? { organizationId, url: text } : { organizationId, xml: text },
      )
      if (result === null) return null
      setFound(result)
      const url = source.way === 'url' ? text : null
      setFetchedFrom(url)
      onRead(result.values)
      return { values: result.values, url }
    } catch (error) {
      setProblem(readOperationError(error))
      return null
    }
  }
  const readSoon = useDebouncedCallback((source: Given) => void read(source), 400)

  const change = (part: Partial<Given>) => {
    const next = { ...given, ...part }
    setGiven(next)
    setFound(null)
    setProblem(null)
    if (part.xml !== undefined && part.xml.trim() !== '') readSoon(next)
  }
  const messages = problem === null ? {} : messagesByField(problem)
  return {
    ...given,
    change,
    read,
    loading,
    found,
    fetchedFrom,
    message: problem === null ? null : (messages['xml'] ?? messages['url'] ?? problem.message),
    /** Something was given that has not reached the fields yet. */
    unread: found === null && textOf(given) !== '',
  }
}

export type MetadataSource = ReturnType<typeof useMetadataSource>
