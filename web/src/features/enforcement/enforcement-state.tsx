import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { RelativeTime } from '../../components/relative-time.tsx'
import { TimeLeft } from './time-left.tsx'

type Props = {
  slug: string
  policy: { enforced: boolean; trialEndsAt: string | null; confirmedAt: string | null }
  /** Those that let somebody in. */
  connections: readonly { id: string; name: string; loginUrl: string }[]
  /** One of them has been seen to work. */
  proven: boolean
  /** The trial has just ended. */
  onOver: () => void
}

/** Off, on trial with the way to confirm it, or on. */
export function EnforcementState({ slug, policy, connections, proven, onOver }: Props) {
  if (!policy.enforced) {
    return (
      <Stack gap={8}>
        <Group gap="sm">
          <Badge color="gray">Not required</Badge>
        </Group>
        <Text size="sm">
          {proven
            ? 'Before it is required you make recovery codes, and see who would lose access.'
            : 'It can be required once a connection is enabled and somebody has signed in through it.'}
        </Text>
      </Stack>
    )
  }
  if (policy.trialEndsAt === null) {
    return (
      <Stack gap={8}>
        <Group gap="sm">
          <Badge color="verdigris">Required</Badge>
        </Group>
        <Text size="sm">
          Confirmed by an owner’s sign-in
          {policy.confirmedAt !== null && (
            <>
              {' '}
              <RelativeTime at={policy.confirmedAt} />
            </>
          )}
          .
        </Text>
      </Stack>
    )
  }
  return (
    <Stack gap={8}>
      <Group gap="sm">
        <Badge color="amber">On trial</Badge>
      </Group>
      <Text size="sm">
        Required for another <TimeLeft until={policy.trialEndsAt} onOver={onOver} />. Sign in through single sign-on as
        an owner to keep it; otherwise it ends by itself.
      </Text>
      <Group gap="sm" mt={4}>
        {connections.map(({ id, name, loginUrl }) => (
          <Button
            key={id}
            component="a"
            href={`${loginUrl}?returnTo=${encodeURIComponent(`/organizations/${slug}/settings`)}`}
          >
            Sign in through {name}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}
