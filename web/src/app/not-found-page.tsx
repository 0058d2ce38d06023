import { Stack } from '@mantine/core'
import { ButtonLink } from '../components/button-link.tsx'
import { CenteredPage } from '../components/centered-page.tsx'

/** @param otherSignIn where to come back to after another sign-in, for a session that enters one organization alone. */
export function NotFoundPage({ otherSignIn = null }: { otherSignIn?: string | null }) {
  return (
    <CenteredPage
      title="There is no such page"
      lead="The address may be mistyped, or what it showed may be gone. An organization that you are not a member of answers the same way."
    >
      <Stack gap="sm">
        <ButtonLink to="/" fullWidth>
          Go to your organization
        </ButtonLink>
        {otherSignIn !== null && (
          <ButtonLink to="/sign-in" search={{ returnTo: otherSignIn }} variant="default" fullWidth>
            Sign in to another organization
          </ButtonLink>
        )}
      </Stack>
    </CenteredPage>
  )
}
