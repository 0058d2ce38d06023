import { useState } from 'react'
import { type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import type { OidcFormConnection } from './oidc-form-connection.ts'
import {
  changedOidcInput,
  type OidcField,
  type OidcFormValues,
  oidcFields,
  oidcInputPaths,
  rebaseOidc,
} from './oidc-form-values.ts'
import { protocolNames } from './protocol-names.ts'
import { useReadOidcConnectionAgain } from './use-read-oidc-connection-again.ts'
import { useSaveOidcConnection } from './use-save-oidc-connection.ts'

type Options = {
  kind: OidcFormConnection['kind']
  organizationId: string
  connection: OidcFormConnection | null
  reservation: string | null
  onSaved: (connectionId: string) => void
}

const blank = (kind: OidcFormConnection['kind']): OidcFormValues => ({
  provider: '',
  clientId: '',
  clientSecret: '',
  name: protocolNames[kind],
  subjectAttribute: '',
  emailAttribute: '',
  nameAttribute: '',
})

/** The form's values and what became of saving them. Nothing that was typed is ever lost. */
export function useOidcForm({ kind, organizationId, connection, reservation, onSaved }: Options) {
  const [base, setBase] = useState(() => ({
    revision: connection?.revision ?? 0,
    values: connection?.values ?? blank(kind),
  }))
  const [values, setValues] = useState(base.values)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [corrected, setCorrected] = useState<readonly OidcField[]>([])
  const { create, update, loading } = useSaveOidcConnection(kind)
  const readAgain = useReadOidcConnectionAgain()

  const save = async () => {
    setProblem(null)
    setCorrected([])
    try {
      const id =
        connection === null
          ? await create({ organizationId, reservation }, values)
          : await update({ id: connection.id, revision: base.revision }, changedOidcInput(base.values, values))
      onSaved(id)
    } catch (error) {
      const read = readOperationError(error)
      if (read.reason === 'STALE_REVISION' && connection !== null) await takeTheirs(connection.id)
      setProblem(read)
    }
  }
  /** What somebody else saved stands in every field that was not touched here; the next Save is made on top of it. */
  const takeTheirs = async (id: string) => {
    const theirs = await readAgain(id).catch(() => null)
    if (theirs === null) return
    setValues((mine) => rebaseOidc(base.values, mine, theirs.values))
    setBase(theirs)
  }

  const messageOf = (field: OidcField) => {
    const about = problem?.fields.filter(({ path }) => oidcInputPaths[field].includes(path)) ?? []
    return about.length === 0 ? undefined : about.map(({ message }) => message).join(' ')
  }
  return {
    values,
    set: (part: Partial<OidcFormValues>) => {
      setValues((before) => ({ ...before, ...part }))
      setCorrected((before) => [...before, ...oidcFields.filter((field) => field in part)])
    },
    save,
    loading,
    problem,
    stale: problem?.reason === 'STALE_REVISION',
    /** The first field that was refused: where to look when the problem appears. */
    firstRefused: oidcFields.find((field) => messageOf(field) !== undefined),
    /** Why a field was refused, until it is changed. */
    errorOf: (field: OidcField) => (corrected.includes(field) ? undefined : messageOf(field)),
  }
}
