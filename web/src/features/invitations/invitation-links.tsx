import { Button, Group, Stack, Text } from '@mantine/core'
import { CopyableValue } from '../../components/copyable-value.tsx'
import classes from './invitation-links.module.css'
import type { InvitationLink } from './use-invite-members.ts'

type Props = { links: readonly InvitationLink[]; onDone: () => void }

/** The form that had the focus is gone: the step that replaces it is read from its beginning. */
const takeFocus = (step: HTMLElement | null): void => step?.focus({ preventScroll: true })

/** "Ada is invited", in the number that holds. */
export const describeInvited = (links: readonly InvitationLink[]): string =>
  links.length === 1 ? `${links[0]?.email} is invited` : `${links.length} people are invited`

/** The only time that the links are seen. */
export function InvitationLinks({ links, onDone }: Props) {
  const one = links.length === 1
  const mailed = links.every((link) => link.mailed)
  return (
    <Stack gap="md" ref={takeFocus} tabIndex={-1}>
      <Text size="sm">
        {mailed
          ? `${one ? 'The link goes' : 'The links go'} out by mail. Here ${one ? 'it is' : 'they are'} as well, should a mail not arrive.`
          : `No mail goes out from here: hand ${one ? 'the link' : 'each link'} over yourself, to ${one ? 'this person' : 'the person it is for'} alone.`}{' '}
        {one ? 'It' : 'Each'} works once, for 48 hours, and is not shown again.
      </Text>
      <ul className={classes['list']}>
        {links.map(({ email, acceptUrl }) => (
          <li key={email}>
            <CopyableValue label={email} value={acceptUrl} />
          </li>
        ))}
      </ul>
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  )
}
