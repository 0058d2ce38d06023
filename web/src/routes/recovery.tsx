import { CenteredPage } from '../components/centered-page.tsx'
import { TextLink } from '../components/text-link.tsx'
import { RecoveryForm } from '../features/session/recovery-form.tsx'

/** The way in when the identity provider lets nobody in. */
export function RecoveryRoute() {
  return (
    <CenteredPage
      title="Use a recovery code"
      lead="For owners whose identity provider lets nobody in. A code works once, and opens the settings of single sign-on for 15 minutes. Every owner is told."
      aside={
        <TextLink to="/sign-in" underline="always">
          Sign in the usual way
        </TextLink>
      }
    >
      <RecoveryForm onRecovered={(slug) => location.replace(`/organizations/${slug}/settings`)} />
    </CenteredPage>
  )
}
