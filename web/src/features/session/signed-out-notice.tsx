import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'

const words = {
  everywhere: 'You are signed out, here and at your identity provider.',
  here: 'You are signed out here. You may still be signed in at your identity provider: sign out there too, or close the browser.',
}

/** What came of a sign-out that the identity provider was told of. */
export function SignedOutNotice({ where }: { where: 'here' | 'everywhere' }) {
  const all = where === 'everywhere'
  const Icon = all ? IconCheck : IconAlertTriangle
  return (
    <Alert role="status" mb="lg" color={all ? 'verdigris' : 'amber'} icon={<Icon size={18} aria-hidden="true" />}>
      <Text size="sm">{words[where]}</Text>
    </Alert>
  )
}
