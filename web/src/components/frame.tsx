import { ActionIcon, Drawer } from '@mantine/core'
import { useDisclosure, useWindowEvent } from '@mantine/hooks'
import { IconMenu2 } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './frame.module.css'
import { Logo } from './logo.tsx'

type Props = {
  /** Changes when another page is shown: the drawer closes and the focus goes to the page. */
  page: string
  /** A dialog is open over the frame: the drawer gives way to it. */
  covered?: boolean
  /** Content of the side, top to bottom; the last part stays at its foot. */
  top: ReactNode
  navigation: ReactNode
  foot: ReactNode
  children: ReactNode
}

/** The frame of signed-in pages: a side with navigation, which is a drawer on narrow screens, and the page. */
export function Frame({ page, covered = false, top, navigation, foot, children }: Props) {
  const [open, drawer] = useDisclosure(false)
  const main = useRef<HTMLElement>(null)
  const shown = useRef(page)

  useEffect(() => {
    if (shown.current === page) return
    shown.current = page
    drawer.close()
    main.current?.focus({ preventScroll: true })
  }, [page, drawer])

  const drawerContent = useRef<HTMLDivElement>(null)
  useWindowEvent(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.isComposing || !open || covered) return
      // A menu that is open in it closes first, wherever the focus is.
      const menu = drawerContent.current?.querySelector('[aria-haspopup="menu"][aria-expanded="true"]')
      if (menu == null) drawer.close()
    },
    { capture: true },
  )

  const side = (
    <div className={classes['side-content']}>
      {top}
      <nav className={classes['navigation']} aria-label="Pages of the organization">
        {navigation}
      </nav>
      <div className={classes['foot']}>{foot}</div>
    </div>
  )
  return (
    <div className={classes['frame']}>
      <a className={classes['skip']} href="#page">
        Skip to the page
      </a>
      <section className={classes['bar']} aria-label="Gatehouse">
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Open the navigation" onClick={drawer.open}>
          <IconMenu2 size={20} aria-hidden="true" />
        </ActionIcon>
        <Logo />
      </section>
      <aside className={classes['side']}>
        <div className={classes['brand']}>
          <Logo />
        </div>
        {side}
      </aside>
      <Drawer
        opened={open && !covered}
        onClose={drawer.close}
        closeOnEscape={false}
        size={280}
        title={<Logo />}
        closeButtonProps={{ 'aria-label': 'Close the navigation' }}
        classNames={{ body: classes['drawer-body'] ?? '', content: classes['drawer-content'] ?? '' }}
      >
        <div className={classes['drawer-side']} ref={drawerContent}>
          {side}
        </div>
      </Drawer>
      <main className={classes['main']} id="page" ref={main} tabIndex={-1}>
        <div className={classes['page']}>{children}</div>
      </main>
    </div>
  )
}
