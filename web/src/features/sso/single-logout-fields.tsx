import { Stack, TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { CopyableValue } from '../../components/copyable-value.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './single-logout-fields.module.css'

export const SingleLogoutFields_connection = graphql(`
  fragment SingleLogoutFields_connection on SamlConnection {
    logoutUrl
  }
`)

type Props = {
  connection: FragmentType<typeof SingleLogoutFields_connection>
  logoutUrl: TextInputProps
  responseUrl: TextInputProps
}

/** Single logout: both addresses. Folded away, because a connection works without; open where something is amiss. */
export function SingleLogoutFields({ connection, logoutUrl, responseUrl }: Props) {
  const { logoutUrl: ours } = unmask(SingleLogoutFields_connection, connection)
  const [unfolded, setUnfolded] = useState(false)
  const wrong = Boolean(logoutUrl.error ?? responseUrl.error)
  return (
    <details
      className={classes['details']}
      open={unfolded || wrong}
      onToggle={(event) => setUnfolded(event.currentTarget.open)}
    >
      <summary>Single logout</summary>
      <Stack gap="md" mt="md">
        <CopyableValue
          label="Our logout URL"
          description="Goes into the identity provider, so that signing out there ends the session here. In Microsoft Entra: Logout Url."
          value={ours}
        />
        <TextInput
          {...logoutUrl}
          description="Where members are sent after signing out here, so that it ends their session too. Empty: they are not."
          placeholder="https://login.microsoftonline.com/…/saml2"
          inputMode="url"
        />
        <TextInput
          {...responseUrl}
          description="Only when answers go to another address (ResponseLocation in metadata)."
          inputMode="url"
        />
      </Stack>
    </details>
  )
}
