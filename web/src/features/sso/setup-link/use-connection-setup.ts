import { useMutation, useQuery } from '@apollo/client/react'
import { graphql } from '../../../graphql/generated/gql.ts'
import type { ConnectionSetupPageQuery, SaveConnectionSetupInput } from '../../../graphql/generated/graphql.ts'
import type { SetupProgressState } from '../guide/use-setup-progress.ts'

const ConnectionSetupPage = graphql(`
  query ConnectionSetupPage($token: String!) {
    connectionSetup(token: $token) {
      organizationName
      invitedBy
      expiresAt
      connectionName
      revision
      complete
      verifiedAt
      redirectUrl
      loginUrl
      spEntityId
      spMetadataUrl
      idpSsoUrl
      idpEntityId
      idpCertificates {
        subject
        notAfter
        pem
      }
      progress {
        guide
        doneSteps
      }
      testedAt
      attempts {
        id
        succeeded
        foreseen
        notReached
        checks {
          name
          ...CheckTrace_check
        }
        ...HowToFix_attempt
      }
    }
  }
`)

const SaveConnectionSetup = graphql(`
  mutation SaveConnectionSetup($input: SaveConnectionSetupInput!) {
    saveConnectionSetup(input: $input) {
      setup {
        revision
      }
    }
  }
`)

const NoteConnectionSetup = graphql(`
  mutation NoteConnectionSetup($input: NoteConnectionSetupInput!) {
    noteConnectionSetup(input: $input) {
      setup {
        revision
      }
    }
  }
`)

const TestConnectionSetup = graphql(`
  mutation TestConnectionSetup($input: TestConnectionSetupInput!) {
    testConnectionSetup(input: $input) {
      url
    }
  }
`)

export type ConnectionSetup = ConnectionSetupPageQuery['connectionSetup']
export type ConnectionSettings = Omit<SaveConnectionSetupInput, 'token' | 'expectedRevision'>

/** What a setup link opens, as it is now, and what its holder does with it. */
export function useConnectionSetup(token: string) {
  const { data, error, refetch } = useQuery(ConnectionSetupPage, {
    variables: { token },
    // It has no id of its own, and the owner changes it too.
    fetchPolicy: 'no-cache',
    pollInterval: 3000,
  })
  const [save, { loading: saving }] = useMutation(SaveConnectionSetup)
  const [note] = useMutation(NoteConnectionSetup)
  const [test, { loading: starting }] = useMutation(TestConnectionSetup)
  const setup = data?.connectionSetup ?? null
  const progress: SetupProgressState = {
    progress: setup?.progress ?? null,
    follow(wanted) {
      void note({ variables: { input: { token, ...wanted } } }).then(
        () => refetch(),
        () => undefined,
      )
    },
    keep: () => Promise.resolve(),
  }
  return {
    setup,
    error,
    reload: refetch,
    progress,
    saving,
    save: async (settings: ConnectionSettings) => {
      await save({ variables: { input: { token, expectedRevision: setup?.revision ?? null, ...settings } } })
      await refetch()
    },
    starting,
    startTest: async () => {
      const { data: started } = await test({ variables: { input: { token } } })
      void refetch()
      return started?.testConnectionSetup.url ?? null
    },
  }
}
