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
import type { SomebodyElsesVersion } from './who-changed.ts'

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

type Base = { revision: number; values: OidcFormValues }

/** The form's values and what became of saving them. Nothing that was typed is ever lost. */
export function useOidcForm({ kind, organizationId, connection, reservation, onSaved }: Options) {
  const [base, setBase] = useState<Base>(() => ({
    revision: connection?.revision ?? 0,
    values: connection?.values ?? blank(kind),
  }))
  const [values, setValues] = useState(base.values)
  const [problem, setProblem] = useState<OperationError | null>(null)
  const [corrected, setCorrected] = useState<readonly OidcField[]>([])
  const [theirs, setTheirs] = useState<SomebodyElsesVersion<OidcFormValues> | null>(null)
  const { create, update, loading } = useSaveOidcConnection(kind)
  const readAgain = useReadOidcConnectionAgain(organizationId)

  const save = async (from: Base, wanted: OidcFormValues) => {
    setProblem(null)
    setCorrected([])
    setTheirs(null)
    try {
      const id =
        connection === null
          ? await create({ organizationId, reservation }, wanted)
          : await update({ id: connection.id, revision: from.revision }, changedOidcInput(from.values, wanted))
      onSaved(id)
    } catch (error) {
      const read = readOperationError(error)
      const stale = read.reason === 'STALE_REVISION' && connection !== null
      const version = stale ? await readAgain(connection.id).catch(() => null) : null
      if (version === null) setProblem(read)
      else setTheirs(version)
    }
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
    base: base.values,
    save: () => save(base, values),
    loading,
    problem,
    /** The first field that was refused: where to look when the problem appears. */
    firstRefused: oidcFields.find((field) => messageOf(field) !== undefined),
    /** Why a field was refused, until it is changed. */
    errorOf: (field: OidcField) => (corrected.includes(field) ? undefined : messageOf(field)),
    theirs,
    loadTheirs: () => {
      if (theirs === null) return
      setBase(theirs)
      setValues(theirs.values)
      setTheirs(null)
    },
    keepMine: async () => {
      if (theirs === null) return
      const mine = rebaseOidc(base.values, values, theirs.values)
      setBase(theirs)
      setValues(mine)
      await save(theirs, mine)
    },
  }
}
