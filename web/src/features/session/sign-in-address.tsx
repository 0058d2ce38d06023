import { TextLink } from '../../components/text-link.tsx'
import classes from './sign-in-address.module.css'

/** Whose sign-in it is, and the way back to another address. */
export function SignInAddress({ email, returnTo }: { email: string; returnTo: string | null }) {
  return (
    <span className={classes['row']}>
      <span className={classes['email']}>{email}</span>
      <TextLink
        to="/sign-in"
        search={returnTo === null ? {} : { returnTo }}
        size="sm"
        underline="always"
        aria-label="Change the e-mail address"
      >
        Change
      </TextLink>
    </span>
  )
}
