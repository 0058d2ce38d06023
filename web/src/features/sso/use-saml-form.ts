import { useState } from 'react'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { SamlForm_connection } from './saml-form-connection.ts'
import {
  changedInput,
  inputPaths,
  metadataInput,
  rebase,
  type SamlField,
  type SamlFormValues,
  samlFields,
  valuesOf,
} from './saml-form-values.ts'
import { useReadSamlConnectionAgain } from './use-read-saml-connection-again.ts'
import { useUpdateSamlConnection } from './use-update-saml-connection.ts'
import type { SomebodyElsesVersion } from './who-changed.ts'

type Base = { revision: number; values: SamlFormValues }

type Options = {
  organizationId: string
  connection: FragmentType<typeof SamlForm_connection>
  onSaved: () => void
}

/** The form's values and what became of saving them. Nothing that was typed is ever lost. */
export function useSamlForm({ organizationId, connection, onSaved }: Options) {
  const shown = unmask(SamlForm_connection, connection)
  const [base, setBase] = useState<Base>(() => ({ revision: shown.revision, values: valuesOf(shown) }))
  const [values, setValues] = useState(base.values)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [corrected, setCorrected] = useState<readonly SamlField[]>([])
  const [theirs, setTheirs] = useState<SomebodyElsesVersion<SamlFormValues> | null>(null)
  const { updateSamlConnection, loading } = useUpdateSamlConnection()
  const readAgain = useReadSamlConnectionAgain(organizationId)

  const save = async (from: Base, wanted: SamlFormValues, idpMetadataUrl: string | null) => {
    setProblem(null)
    setCorrected([])
    setTheirs(null)
    const changes = {
      ...changedInput(from.values, wanted),
      ...(idpMetadataUrl !== null && metadataInput(wanted, idpMetadataUrl)),
    }
    try {
      await updateSamlConnection({ connectionId: shown.id, expectedRevision: from.revision, ...changes })
      onSaved()
    } catch (error) {
      const read = readOperationError(error)
      const version = read.reason === 'STALE_REVISION' ? await readAgain(shown.id).catch(() => null) : null
      if (version === null) setProblem(read)
      else setTheirs(version)
    }
  }

  const messages = problem === null ? {} : messagesByField(problem)
  const messageOf = (field: SamlField) => {
    const about = problem?.fields.filter(({ path }) => path.replace(/\.\d+$/, '') === inputPaths[field]) ?? []
    return about.length === 0 ? undefined : about.map(({ message }) => message).join(' ')
  }
  return {
    values,
    base: base.values,
    identityCount: shown.identityCount,
    set: (part: Partial<SamlFormValues>) => {
      setValues((before) => ({ ...before, ...part }))
      setCorrected((before) => [...before, ...samlFields.filter((field) => field in part)])
    },
    save: (wanted: SamlFormValues, idpMetadataUrl: string | null) => save(base, wanted, idpMetadataUrl),
    loading,
    problem,
    message: messages['idpMetadataUrl'] ?? problem?.message ?? '',
    /** The first field that was refused: where to look when the problem appears. */
    firstRefused: samlFields.find((field) => messageOf(field) !== undefined),
    /** Why a field was refused, until it is changed. */
    errorOf: (field: SamlField) => (corrected.includes(field) ? undefined : messageOf(field)),
    theirs,
    loadTheirs: () => {
      if (theirs === null) return
      setBase(theirs)
      setValues(theirs.values)
      setTheirs(null)
    },
    keepMine: async () => {
      if (theirs === null) return
      const mine = rebase(base.values, values, theirs.values)
      setBase(theirs)
      setValues(mine)
      await save(theirs, mine, null)
    },
  }
}
