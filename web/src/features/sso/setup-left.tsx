import { Stack } from '@mantine/core'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { GuidedSetup } from './guide/guided-setup.tsx'
import { useSetupProgress } from './guide/use-setup-progress.ts'
import { OidcAddresses } from './oidc-addresses.tsx'
import { OurAddresses } from './our-addresses.tsx'
import { StepsLeft } from './steps-left.tsx'

export const SetupLeft_connection = graphql(`
  fragment SetupLeft_connection on SsoConnection {
    __typename
    redirectUrl
    loginUrl
    ...SetupGuide_connection
    ... on SamlConnection {
      spEntityId
      spMetadataUrl
      ...OurAddresses_connection
    }
  }
`)

/** What is left to do at the identity provider: the guide that was begun, or the steps in a few words. */
export function SetupLeft({ connection }: { connection: FragmentType<typeof SetupLeft_connection> }) {
  const given = unmask(SetupLeft_connection, connection)
  const setup = useSetupProgress(given)
  return (
    <GuidedSetup kind={given.__typename} ours={given} state={setup}>
      <Stack gap="lg">
        <StepsLeft kind={given.__typename} />
        {given.__typename === 'SamlConnection' ? (
          <OurAddresses connection={given} />
        ) : (
          <OidcAddresses kind={given.__typename} {...given} />
        )}
      </Stack>
    </GuidedSetup>
  )
}
