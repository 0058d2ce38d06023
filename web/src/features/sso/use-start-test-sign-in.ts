import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const StartTestSignIn = graphql(`
  mutation StartTestSignIn($input: StartTestSignInInput!) {
    startTestSignIn(input: $input) {
      url
      test {
        id
      }
    }
  }
`)

export type StartedTest = { id: string; url: string }

export function useStartTestSignIn() {
  const [mutate, { loading }] = useMutation(StartTestSignIn)
  const startTestSignIn = async (connectionId: string): Promise<StartedTest | null> => {
    const { data } = await mutate({ variables: { input: { connectionId } } })
    return data ? { id: data.startTestSignIn.test.id, url: data.startTestSignIn.url } : null
  }
  return { startTestSignIn, loading }
}
