import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './centered-page.module.css'
import { ColorSchemeControl } from './color-scheme-control.tsx'
import { Logo } from './logo.tsx'

type Props = {
  title: string
  lead?: ReactNode
  /** For forms of more than a few fields. */
  wide?: boolean
  /** Below the card: what is of use to few. */
  aside?: ReactNode
  children?: ReactNode
}

/** The frame of the pages that stand alone: sign-in, setup, refusals. */
export function CenteredPage({ title, lead, wide = false, aside, children }: Props) {
  return (
    <div className={classes['page']}>
      <title>{`${title} · Gatehouse`}</title>
      <header className={classes['header']}>
        <Logo />
      </header>
      <main className={classes['main']} data-wide={wide || undefined}>
        <div className={classes['card']}>
          <Title order={1}>{title}</Title>
          {lead !== undefined && (
            <Text c="dimmed" mt={6} component="div">
              {lead}
            </Text>
          )}
          {children !== undefined && <div className={classes['body']}>{children}</div>}
        </div>
        {aside !== undefined && <div className={classes['aside']}>{aside}</div>}
      </main>
      <footer className={classes['footer']}>
        <ColorSchemeControl />
      </footer>
    </div>
  )
}
