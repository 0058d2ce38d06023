import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'

type Props = { loginUrl: string; size?: string; primary?: boolean }

/** Starts a sign-in the way members do, in a window of its own. */
export function TestSignInButton({ loginUrl, size = 'sm', primary = false }: Props) {
  return (
    <Button
      component="a"
      href={loginUrl}
      target="_blank"
      rel="noopener noreferrer"
      size={size}
      variant={primary ? 'filled' : 'default'}
      rightSection={<IconExternalLink size={15} aria-label="(opens in a new tab)" />}
    >
      Test sign-in
    </Button>
  )
}
