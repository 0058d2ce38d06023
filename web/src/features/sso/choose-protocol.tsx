import { Badge, Loader, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Problem } from '../../components/problem.tsx'
import type { OperationError } from '../../graphql/operation-error.ts'
import classes from './choose-protocol.module.css'

type Props = { busy: boolean; problem: OperationError | null; onSaml: () => void }

/** The first step: which kind of identity provider. */
export function ChooseProtocol({ busy, problem, onSaml }: Props) {
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        How does your identity provider sign people in?
      </Text>
      <UnstyledButton className={classes['choice']} onClick={onSaml} disabled={busy} data-autofocus>
        <span className={classes['words']}>
          <span className={classes['name']}>SAML 2.0</span>
          <span className={classes['what']}>Microsoft Entra, or any other identity provider that speaks SAML 2.0.</span>
        </span>
        {busy ? (
          <Loader size={18} aria-label="Preparing your URLs" />
        ) : (
          <IconChevronRight size={18} aria-hidden="true" />
        )}
      </UnstyledButton>
      <UnstyledButton className={classes['choice']} disabled>
        <span className={classes['words']}>
          <span className={classes['name']}>
            Okta Workforce <Badge color="gray">Later</Badge>
          </span>
          <span className={classes['what']}>
            Okta comes with a later release. Until then connect Okta as an application with SAML 2.0.
          </span>
        </span>
      </UnstyledButton>
      {problem !== null && <Problem message={problem.message} reference={problem.requestId} />}
    </Stack>
  )
}
