import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { DiagnoseBox } from './diagnose-box.tsx'

type Props = { organizationId: string; connectionId: string }

/** The box, folded away where something else comes first. */
export function DiagnoseSection(props: Props) {
  const [open, setOpen] = useState(false)
  const box = useId()
  return (
    <div>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        aria-expanded={open}
        aria-controls={box}
        leftSection={open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        onClick={() => setOpen(!open)}
      >
        Something does not work?
      </Button>
      <div id={box} hidden={!open}>
        {open && <DiagnoseBox {...props} />}
      </div>
    </div>
  )
}
