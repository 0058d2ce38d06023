import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const ReserveSsoConnection = graphql(`
  mutation ReserveSsoConnection($input: ReserveSsoConnectionInput!) {
    reserveSsoConnection(input: $input) {
      reservation
      redirectUrl
      loginUrl
    }
  }
`)

/** The addresses of a connection to be: the identity provider wants them before it gives away what we need. */
export function useReserveSsoConnection() {
  const [mutate] = useMutation(ReserveSsoConnection)
  return async (organizationId: string) => {
    const { data } = await mutate({ variables: { input: { organizationId } } })
    return data?.reserveSsoConnection ?? null
  }
}
