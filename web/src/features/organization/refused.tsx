import { Code } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { EmptyState } from '../../components/empty-state.tsx'
import { OwnersToAskText } from './owners-to-ask.tsx'

type Props = { slug: string; permission: string | null }

/** What the viewer may not see: which permission is missing, and who can give it. */
export function Refused({ slug, permission }: Props) {
  return (
    <EmptyState icon={<IconLock size={22} />} title="Your role does not let you see this">
      {permission !== null && (
        <>
          It needs the permission <Code>{permission}</Code>.{' '}
        </>
      )}
      <OwnersToAskText slug={slug} />
    </EmptyState>
  )
}
