import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'

type Props = {
  label: string
  /** Open from the beginning: what is in use is seen. */
  initiallyOpen?: boolean
  /** Open whatever the person chose: something inside needs them. */
  forcedOpen?: boolean
  children: ReactNode
}

/** What most people never need, folded away until it is asked for. */
export function Disclosure({ label, initiallyOpen = false, forcedOpen = false, children }: Props) {
  const [opened, setOpened] = useState(initiallyOpen)
  const content = useId()
  const open = opened || forcedOpen
  return (
    <section>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        ml={-8}
        aria-expanded={open}
        aria-controls={content}
        leftSection={
          open ? <IconChevronDown size={14} aria-hidden="true" /> : <IconChevronRight size={14} aria-hidden="true" />
        }
        onClick={() => setOpened(!open)}
      >
        {label}
      </Button>
      <div id={content} hidden={!open}>
        {open && children}
      </div>
    </section>
  )
}
