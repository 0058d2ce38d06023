import { Skeleton, VisuallyHidden } from '@mantine/core'
import classes from './table-skeleton.module.css'

/** Rows on their way. */
export function TableSkeleton({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div className={classes['rows']} aria-busy="true">
      <VisuallyHidden role="status">{label}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes['row']}>
          <Skeleton h={12} w={`${32 - (row % 3) * 6}%`} />
          <Skeleton h={12} w="16%" />
          <Skeleton h={12} w="12%" />
        </div>
      ))}
    </div>
  )
}
