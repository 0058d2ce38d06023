import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'

const SetSsoEnforcement = graphql(`
  mutation SetSsoEnforcement($input: SetSsoEnforcementInput!) {
    setSsoEnforcement(input: $input) {
      organization {
        id
        viewerPermissions
        ssoPolicy {
          enforced
          trialEndsAt
          confirmedAt
        }
      }
    }
  }
`)

/** Requires single sign-on, or no longer. */
export function useSetSsoEnforcement() {
  const [mutate] = useMutation(SetSsoEnforcement)
  return async (organizationId: string, enforced: boolean) => {
    await mutate({ variables: { input: { organizationId, enforced } } })
  }
}
