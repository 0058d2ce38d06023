import { Loader, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Problem } from '../../components/problem.tsx'
import type { OperationError } from '../../graphql/operation-error.ts'
import classes from './choose-protocol.module.css'
import { type ConnectionTypename, protocolNames } from './protocol-names.ts'

type Props = {
  /** Which one is being prepared. */
  busy: ConnectionTypename | null
  problem: OperationError | null
  onChoose: (kind: ConnectionTypename) => void
}

const choices: { kind: ConnectionTypename; what: string }[] = [
  { kind: 'SamlConnection', what: 'Microsoft Entra, or any other identity provider that speaks SAML 2.0.' },
  { kind: 'OktaConnection', what: 'Okta, with an application of the kind OIDC – OpenID Connect.' },
  { kind: 'OidcConnection', what: 'Any other identity provider that has an issuer, such as Keycloak.' },
]

/** The first step: which kind of identity provider. */
export function ChooseProtocol({ busy, problem, onChoose }: Props) {
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        How does your identity provider sign people in?
      </Text>
      {choices.map(({ kind, what }, index) => (
        <UnstyledButton
          key={kind}
          className={classes['choice']}
          onClick={() => onChoose(kind)}
          disabled={busy !== null}
          data-autofocus={index === 0 || undefined}
        >
          <span className={classes['words']}>
            <span className={classes['name']}>{protocolNames[kind]}</span>
            <span className={classes['what']}>{what}</span>
          </span>
          {busy === kind ? (
            <Loader size={18} aria-label="Preparing your URLs" />
          ) : (
            <IconChevronRight size={18} aria-hidden="true" />
          )}
        </UnstyledButton>
      ))}
      {problem !== null && <Problem message={problem.message} reference={problem.requestId} />}
    </Stack>
  )
}
