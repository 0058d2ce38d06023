import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './page-header.module.css'

type Props = { title: string; lead?: ReactNode; action?: ReactNode }

/** The title of a page, one sentence about it, and what can be begun here. */
export function PageHeader({ title, lead, action }: Props) {
  return (
    <header className={classes['header']}>
      <title>{`${title} · Gatehouse`}</title>
      <div className={classes['words']}>
        <Title order={1}>{title}</Title>
        {lead !== undefined && (
          <Text c="dimmed" mt={4}>
            {lead}
          </Text>
        )}
      </div>
      {action}
    </header>
  )
}
