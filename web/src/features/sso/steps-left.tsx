import { List } from '@mantine/core'
import classes from './connection-saved.module.css'
import type { ConnectionTypename } from './protocol-names.ts'

/** What is left to do at the identity provider once the settings are saved here. */
export function StepsLeft({ kind }: { kind: ConnectionTypename }) {
  return (
    <List type="ordered" size="sm" spacing="xs" className={classes['steps'] ?? ''}>
      {steps[kind]}
      <List.Item>
        Test it as one of them. <strong>Test sign-in</strong> opens the identity provider in a new window and shows
        every check here. It signs nobody in, and your own session stays as it is.
      </List.Item>
    </List>
  )
}

const steps = {
  SamlConnection: (
    <>
      <List.Item>
        At the identity provider, enter the <strong>redirect URL</strong> in place of any placeholder (Microsoft Entra:
        Single sign-on → Basic SAML Configuration → Reply URL), and save there.
      </List.Item>
      <List.Item>Assign people to the application (Microsoft Entra: Users and groups → Add user/group).</List.Item>
    </>
  ),
  OktaConnection: (
    <>
      <List.Item>
        In Okta, under General → LOGIN, enter the <strong>redirect URL</strong> as Sign-in redirect URI. For the tile of
        the dashboard choose <strong>Login initiated by: Either Okta or App</strong>, and enter the{' '}
        <strong>SSO login URL</strong> as Initiate login URI. Save there.
      </List.Item>
      <List.Item>Assign people or groups to the application (Assignments → Assign).</List.Item>
    </>
  ),
  OidcConnection: (
    <>
      <List.Item>
        At the identity provider, enter the <strong>redirect URL</strong> as redirect URI of the application, and save
        there.
      </List.Item>
      <List.Item>Let people use the application, where it asks for that.</List.Item>
    </>
  ),
}
