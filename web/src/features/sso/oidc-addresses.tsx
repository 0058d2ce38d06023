import { Stack } from '@mantine/core'
import { CopyableValue } from '../../components/copyable-value.tsx'

type Props = { kind: 'OktaConnection' | 'OidcConnection'; redirectUrl: string; loginUrl: string }

/** What an identity provider with OpenID Connect and the members need from us. */
export function OidcAddresses({ kind, redirectUrl, loginUrl }: Props) {
  const okta = kind === 'OktaConnection'
  return (
    <Stack gap="md">
      <CopyableValue
        label="Redirect URL"
        description={
          okta
            ? 'Goes into Okta: General → LOGIN → Sign-in redirect URIs.'
            : 'Goes into the identity provider: Redirect URI, or Callback URL.'
        }
        value={redirectUrl}
      />
      <CopyableValue
        label="SSO login URL"
        description={
          okta
            ? 'Where members sign in; what they bookmark. In Okta also: Initiate login URI, for the tile of the dashboard.'
            : 'Where members sign in; what they bookmark. Where the identity provider asks for it also: Initiate login URI.'
        }
        value={loginUrl}
      />
    </Stack>
  )
}
