import type { ReactNode } from 'react'
import classes from './data-table.module.css'

type Column = { label: string; hidden?: boolean; width?: number | string }

type Props = {
  /** What the table lists, for whoever cannot see it. */
  caption: string
  columns: readonly Column[]
  /** While new rows are on their way the old ones stay, dimmed. */
  stale?: boolean
  children: ReactNode
}

/** A table that becomes a stack of cards on narrow screens. */
export function DataTable({ caption, columns, stale = false, children }: Props) {
  return (
    <div className={classes['wrap']}>
      <table className={classes['table']} aria-busy={stale} data-stale={stale || undefined}>
        <caption className={classes['caption']}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label, hidden = false, width }) => (
              <th key={label} scope="col" style={width === undefined ? undefined : { width }}>
                <span className={hidden ? classes['caption'] : undefined}>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

type CellProps = {
  /** Repeated beside the value on narrow screens, where the head of the table is gone. */
  label?: string
  /** On narrow screens: the first line of the card, or its upper right corner. */
  place?: 'title' | 'corner'
  children: ReactNode
}

export function Cell({ label, place, children }: CellProps) {
  return (
    <td data-label={label} data-place={place}>
      {children}
    </td>
  )
}

type RowProps = {
  quiet?: boolean
  /** Top: for rows that grow, so that what stands beside the growing cell stays where it is. */
  align?: 'middle' | 'top'
  children: ReactNode
}

export function Row({ quiet = false, align = 'middle', children }: RowProps) {
  return (
    <tr data-quiet={quiet || undefined} data-align={align}>
      {children}
    </tr>
  )
}
