import { NativeSelect, Skeleton, Stack } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import type { ConnectionTypename } from '../protocol-names.ts'
import { guideTitles } from './guide-titles.ts'
import { guideValues } from './guide-values.ts'
import type { SetupProgressState } from './use-setup-progress.ts'

type Props = {
  kind: ConnectionTypename
  ours: Parameters<typeof guideValues>[0]
  state: SetupProgressState
  /** The guide to begin with while nobody has chosen any. */
  initially?: string | null
  /** What is shown while no guide is chosen. */
  children: ReactNode
}

// The guides are loaded when one is followed.
const LazyGuide = lazy(async () => ({ default: (await import('./guide-of.tsx')).GuideOf }))

/** The guide of the identity provider that the person chooses; without one, what one who needs no guide wants to see. */
export function GuidedSetup({ kind, ours, state, initially = null, children }: Props) {
  const { follow } = state
  const progress = state.progress ?? (initially === null ? null : { guide: initially, doneSteps: [] })
  // A newer version may know more.
  const known = guideTitles[kind].find(({ name }) => name === progress?.guide)
  return (
    <Stack gap="md">
      <NativeSelect
        label="Your identity provider"
        description="Choose it, and each step over there is shown in its own words, with the value that belongs there."
        value={known?.name ?? ''}
        onChange={(event) => follow({ guide: event.currentTarget.value || 'none', doneSteps: [] })}
        data={[
          { value: '', label: 'Without a guide' },
          ...guideTitles[kind].map(({ name, title }) => ({ value: name, label: title })),
        ]}
      />
      {known === undefined || progress === null ? (
        children
      ) : (
        <Suspense fallback={<Skeleton h={320} radius="lg" />}>
          <LazyGuide
            key={known.name}
            kind={kind}
            name={known.name}
            values={guideValues(ours)}
            doneSteps={progress.doneSteps}
            onDoneSteps={(doneSteps) => follow({ guide: known.name, doneSteps })}
          />
        </Suspense>
      )}
    </Stack>
  )
}
