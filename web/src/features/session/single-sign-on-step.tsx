import { Divider, Stack, Text } from '@mantine/core'
import { TextLink } from '../../components/text-link.tsx'
import { type Entrance, EntranceList } from './entrance-list.tsx'
import { rememberSignIn } from './last-sign-in.ts'

type Props = {
  email: string
  returnTo: string | null
  entrances: readonly Entrance[]
  passwordAllowed: boolean
}

/** The ways in through the identity provider, and to the password where the organization leaves it open. */
export function SingleSignOnStep({ email, returnTo, entrances, passwordAllowed }: Props) {
  return (
    <Stack gap="md">
      <EntranceList entrances={entrances} focus onChosen={(connectionId) => rememberSignIn({ email, connectionId })} />
      {passwordAllowed ? (
        <>
          <Divider label="or" />
          <Text size="sm" ta="center">
            <TextLink
              to="/sign-in"
              search={{ ...(returnTo === null ? {} : { returnTo }), step: 'password' }}
              state={{ signInEmail: email }}
              underline="always"
            >
              Use a password instead
            </TextLink>
          </Text>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          The organization takes no passwords.
        </Text>
      )}
    </Stack>
  )
}
