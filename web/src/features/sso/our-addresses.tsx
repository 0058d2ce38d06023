import { Stack } from '@mantine/core'
import { CopyableValue } from '../../components/copyable-value.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'

export const OurAddresses_connection = graphql(`
  fragment OurAddresses_connection on SamlConnection {
    redirectUrl
    loginUrl
    spEntityId
    spMetadataUrl
    logoutUrl
  }
`)

type Props = {
  connection: FragmentType<typeof OurAddresses_connection>
  /** Without what stands in the form anyway; all of it with what few need. */
  which?: 'form' | 'usual' | 'all'
}

/** What the identity provider and the members need from us. */
export function OurAddresses({ connection, which = 'usual' }: Props) {
  const { redirectUrl, loginUrl, spEntityId, spMetadataUrl, logoutUrl } = unmask(OurAddresses_connection, connection)
  const all = which === 'all'
  return (
    <Stack gap="md">
      <CopyableValue
        label="Redirect URL"
        description="Goes into the identity provider. In Microsoft Entra: Reply URL (Assertion Consumer Service URL)."
        value={redirectUrl}
      />
      {which !== 'form' && (
        <CopyableValue
          label="Entity ID"
          description="Our name at the identity provider. In Microsoft Entra: Identifier (Entity ID)."
          value={spEntityId}
        />
      )}
      <CopyableValue
        label="SSO login URL"
        description="Where members sign in; what they bookmark. In Microsoft Entra also: Sign on URL."
        value={loginUrl}
      />
      {all && (
        <CopyableValue
          label="Our logout URL"
          description="For single logout. In Microsoft Entra: Logout Url."
          value={logoutUrl}
        />
      )}
      {all && (
        <CopyableValue
          label="Metadata URL"
          description="For identity providers that read our settings by themselves."
          value={spMetadataUrl}
        />
      )}
    </Stack>
  )
}
