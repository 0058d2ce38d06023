import type { ComponentProps } from 'react'
import type { ConnectionTypename } from '../protocol-names.ts'
import { guides } from './guides.ts'
import { SetupGuide } from './setup-guide.tsx'

type Props = Omit<ComponentProps<typeof SetupGuide>, 'guide'> & { kind: ConnectionTypename; name: string }

/** The guide of this name, with everything that the guides say. */
export function GuideOf({ kind, name, ...rest }: Props) {
  const guide = guides[kind].find((each) => each.name === name)
  return guide === undefined ? null : <SetupGuide guide={guide} {...rest} />
}
