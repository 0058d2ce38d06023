import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconDevices, IconDots, IconLogout } from '@tabler/icons-react'
import { ColorSchemeItems } from '../../components/color-scheme-control.tsx'
import { Initials } from '../../components/initials.tsx'
import { MenuLink } from '../../components/menu-link.tsx'
import { SideMenu } from '../../components/side-menu.tsx'
import { toastFailed } from '../../components/toast.ts'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import { useSignOut } from './use-sign-out.ts'
import classes from './user-menu.module.css'

export const UserMenu_user = graphql(`
  fragment UserMenu_user on User {
    email
    name
  }
`)

type Props = {
  user: FragmentType<typeof UserMenu_user>
  /** The name of the connection that vouched for the session; null for a password. */
  signedInThrough: string | null
  /** The organization whose page is open. */
  slug: string
}

/** Who is signed in, and through what; colours and the way out. */
export function UserMenu({ user, signedInThrough, slug }: Props) {
  const { email, name } = unmask(UserMenu_user, user)
  const { signOut } = useSignOut()
  const leave = async () => {
    try {
      await signOut()
    } catch (error) {
      toastFailed(readOperationError(error).message)
    }
  }
  return (
    <SideMenu width={236} position="top-start">
      <Menu.Target>
        <UnstyledButton className={classes['target']}>
          <Initials name={name ?? email} />
          <span className={classes['words']}>
            <VisuallyHidden>Menu. Signed in as </VisuallyHidden>
            <span className={classes['name']}>{name ?? email}</span>
            {name !== null && <span className={classes['email']}>{email}</span>}
          </span>
          <IconDots size={16} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {email}
          <span className={classes['through']}>
            {signedInThrough === null ? 'Signed in with a password' : `Signed in through ${signedInThrough}`}
          </span>
        </Menu.Label>
        <ColorSchemeItems />
        <Menu.Divider />
        <MenuLink
          to="/organizations/$slug/your-sessions"
          params={{ slug }}
          leftSection={<IconDevices size={15} aria-hidden="true" />}
        >
          Your sessions
        </MenuLink>
        <Menu.Item leftSection={<IconLogout size={15} aria-hidden="true" />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </SideMenu>
  )
}
