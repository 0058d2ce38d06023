import { Button, Divider, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { NameAndAddressFields } from '../../components/name-and-address-fields.tsx'
import { NewPasswordInput } from '../../components/new-password-input.tsx'
import { Problem } from '../../components/problem.tsx'
import { messagesByField, type OperationError, readOperationError } from '../../graphql/operation-error.ts'
import { useCompleteSetup } from './use-complete-setup.ts'

type Props = { token: string | null; onCompleted: (slug: string) => void }

/** The first run: the first organization, and its owner. */
export function SetupForm({ token, onCompleted }: Props) {
  const [setupToken, setSetupToken] = useState(token ?? '')
  const [organization, setOrganization] = useState({ name: '', address: '' })
  const [owner, setOwner] = useState({ name: '', email: '', password: '' })
  const [problem, setProblem] = useState<OperationError | null>(null)
  const { completeSetup, loading } = useCompleteSetup()
  const messages = problem === null ? {} : messagesByField(problem)
  const tokenAsked = token === null || messages['setupToken'] !== undefined

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      const slug = await completeSetup({
        setupToken,
        organizationName: organization.name,
        organizationSlug: organization.address,
        ownerEmail: owner.email,
        ownerName: owner.name.trim() === '' ? null : owner.name,
        ownerPassword: owner.password,
      })
      onCompleted(slug)
    } catch (error) {
      setProblem(readOperationError(error))
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {tokenAsked && (
          <TextInput
            label="Setup token"
            description="The server printed it, with a link to this page, when it started. The operator may also have set it as SETUP_TOKEN."
            required
            withAsterisk={false}
            autoComplete="off"
            spellCheck={false}
            value={setupToken}
            error={messages['setupToken']}
            onChange={(event) => setSetupToken(event.currentTarget.value)}
          />
        )}
        <NameAndAddressFields
          nameLabel="Organization name"
          namePlaceholder="Acme Ltd."
          addressPrefix="/organizations/"
          value={organization}
          onChange={setOrganization}
          errors={{ name: messages['organizationName'], address: messages['organizationSlug'] }}
        />
        <Divider my={4} />
        <Text size="sm" c="dimmed">
          You become its first owner, and can let others in through single sign-on.
        </Text>
        <TextInput
          label="Your name"
          autoComplete="name"
          value={owner.name}
          error={messages['ownerName']}
          onChange={(event) => setOwner({ ...owner, name: event.currentTarget.value })}
        />
        <TextInput
          label="Your e-mail address"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={owner.email}
          error={messages['ownerEmail']}
          onChange={(event) => setOwner({ ...owner, email: event.currentTarget.value })}
        />
        <NewPasswordInput
          value={owner.password}
          error={messages['ownerPassword']}
          onChange={(password) => setOwner({ ...owner, password })}
        />
        {problem !== null && <Problem message={problem.message} reference={problem.requestId} />}
        <Button type="submit" fullWidth loading={loading}>
          Create the organization
        </Button>
      </Stack>
    </form>
  )
}
