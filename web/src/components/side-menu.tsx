import { Menu, type MenuProps } from '@mantine/core'
import { useDisclosure, useWindowEvent } from '@mantine/hooks'

/** A menu of the frame's side. Escape closes it wherever the focus is. */
export function SideMenu(props: MenuProps) {
  const [opened, { set, close }] = useDisclosure(false)
  useWindowEvent('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) close()
  })
  return <Menu shadow="md" withInitialFocusPlaceholder={false} {...props} opened={opened} onChange={set} />
}
