import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CenteredPage } from '../components/centered-page.tsx'

export function NotFoundPage() {
  return (
    <CenteredPage
      title="There is no such page"
      lead="The address may be mistyped, or what it showed may be gone. An organization that you are not a member of answers the same way."
    >
      <Button component={Link} to="/" fullWidth>
        Go to your organization
      </Button>
    </CenteredPage>
  )
}
