import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

type Props = {
  icon: ReactNode
  title: string
  /** Of the title: one below the title it stands under. */
  order?: 2 | 3
  children: ReactNode
  action?: ReactNode
}

/** Nothing is here yet: what belongs here and how it gets here. */
export function EmptyState({ icon, title, order = 2, children, action }: Props) {
  return (
    <div className={classes['empty']}>
      <div className={classes['icon']} aria-hidden="true">
        {icon}
      </div>
      <Title order={order} size="h3">
        {title}
      </Title>
      <Text size="sm" c="dimmed" maw={480} component="div">
        {children}
      </Text>
      {action !== undefined && <div className={classes['action']}>{action}</div>}
    </div>
  )
}
