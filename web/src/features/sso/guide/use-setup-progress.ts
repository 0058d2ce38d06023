import { useMutation } from '@apollo/client/react'
import { useState } from 'react'
import { type FragmentType, unmask } from '../../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../../graphql/generated/gql.ts'

export const SetupGuide_connection = graphql(`
  fragment SetupGuide_connection on SsoConnection {
    id
    setupProgress {
      guide
      doneSteps
    }
  }
`)

const SetSsoSetupProgress = graphql(`
  mutation SetSsoSetupProgress($input: SetSsoSetupProgressInput!) {
    setSsoSetupProgress(input: $input) {
      connection {
        ...SetupGuide_connection
      }
    }
  }
`)

export type SetupProgress = { guide: string; doneSteps: string[] }

/** Which guide is followed, and how far. `keep` notes it with a connection that has been made meanwhile. */
export type SetupProgressState = {
  progress: SetupProgress | null
  follow: (progress: SetupProgress) => void
  keep: (connectionId: string) => Promise<void>
}

/**
 * How far the person is with a guide, kept with the connection, so that another day or another person goes on from there.
 * @param connection null before there is one: then it is kept here, until `keep` is told of it
 */
export function useSetupProgress(connection: FragmentType<typeof SetupGuide_connection> | null): SetupProgressState {
  const kept = unmask(SetupGuide_connection, connection)
  const [chosen, setChosen] = useState<SetupProgress | null>(null)
  const [mutate] = useMutation(SetSsoSetupProgress)
  const save = async (connectionId: string, progress: SetupProgress) => {
    try {
      await mutate({ variables: { input: { connectionId, ...progress } } })
    } catch {
      // A bookmark that was not kept is no reason to disturb anybody: the page goes on from what it knows.
    }
  }
  return {
    progress: chosen ?? kept?.setupProgress ?? null,
    follow(progress) {
      setChosen(progress)
      if (kept != null) void save(kept.id, progress)
    },
    async keep(connectionId) {
      if (chosen !== null) await save(connectionId, chosen)
    },
  }
}
